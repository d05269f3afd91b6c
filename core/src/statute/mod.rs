//! Statutes (法律法规): chapters, articles, versions, and all of it as units.
//!
//! Readers of source formats make a [`Statute`]; [`Statute::units`] are what search returns; [`paragraphs`] finds 款 and 项
//! in the text of an article, so that they are stored nowhere, and [`find_part`] those that a citation means.

mod history; // 2010年10月28日 … 通过
mod level; // 法律, 行政法规, 地方性法规
mod version; // 社会保险法@2018-12-29

mod succession; // 行政监察法 → 监察法

mod layout; // 款 and 项 inside an article
mod merge; // several files, one statute
mod part; // the 款 and 项 cited
mod tree;
mod units; // tree → units

pub use history::{Event, EventKind, read_events, scan_date};
pub use layout::{Item, Paragraph, paragraphs, scan_item};
pub use level::Level;
pub use merge::{Merged, NotOne, merge};
pub use part::{complete_part, find_part, lacks_part, may_have_item};
pub use succession::{StatuteFate, Succession, SuccessionTable};
pub use tree::{Entry, Statute, StatuteHeader};
pub use version::{Version, split_statute_id, statute_id};
