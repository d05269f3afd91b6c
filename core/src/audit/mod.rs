//! Whether a document still cites the law as it is: every citation of a list looked up, its quoted words compared with what
//! the law says today, and its drafting checked.
//!
//! [`audit`] takes a document's units and a [`Resolver`](crate::citation::resolve::Resolver) over statutes; it knows of no
//! index. What the document reports of the law in the law's own words (circumstances, quoted articles) is compared; what
//! those words cite in their turn is the law's business and is not looked up.

mod citing; // where a document cites
mod quoting; // which words a citation quotes

mod wording; // quoted words beside the law's

mod check; // one citation

mod fault; // what is written otherwise than the standards say
mod rules; // which those are

mod report; // what is found

mod auditor; // all of it

#[cfg(test)]
mod tests;

pub use auditor::audit;
pub use check::Law;
pub(crate) use citing::shared_cells;
pub use fault::{Fault, Rule};
pub use report::{Audit, Checked, CheckedCitation, Finding, Place, Present, Totals};
pub use wording::{Segment, SegmentKind, difference};
