//! The rules of drafting, each for one kind of words. Only what is certain is a fault.

mod marks; // 《 and 》
mod number;
mod numeral; // 第六一条
mod part; // 第一款 of an article that has one paragraph // 鲁政办发（2011）48号

use crate::text::Span;

use super::fault::Rule;

pub(super) use number::document_number;
pub(super) use part::provision;

/// A fault in a text: the rule, where it is broken, and what should stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) rule: Rule,
    pub(super) span: Span,
    pub(super) instead: Option<String>,
}

/// What is wrong with a text whatever it cites, in its order.
pub(super) fn text(text: &str) -> Vec<Broken> {
    let mut broken = marks::find(text);
    broken.append(&mut numeral::find(text));
    broken.sort_by_key(|broken| broken.span);
    broken
}
