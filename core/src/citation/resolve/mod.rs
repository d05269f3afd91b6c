//! What a citation means in a corpus of statutes: which statute, which version, which articles, and whether they say what
//! is quoted.
//!
//! A [`Catalogue`] knows which statutes there are, [`Texts`] gives their words, and a [`Resolver`] puts both to use. None of
//! it knows where they come from.

mod name; // 实施〈中华人民共和国社会保险法〉若干规定
mod order; // 国务院令第423号
mod state; // passed, published, in force: one state

mod catalogue; // which statutes there are
mod choice; // which version is meant

mod align; // how much of a quotation stands in an article
mod difference; // which words do and which do not
mod place; // what takes an article's place
mod quotation; // matches, differs, moved
mod texts; // the words of articles

mod resolution; // the answer
mod resolver;

#[cfg(test)]
mod tests;

pub use catalogue::Catalogue;
pub use difference::Difference;
pub use place::article_in_place;
pub use resolution::{Outcome, Quotation, Resolution, Status, Successor, Verdict};
pub use resolver::{CitingContext, Reference, Resolver};
pub use texts::{ArticleText, ComparedLetter, Texts, compared_letters};
