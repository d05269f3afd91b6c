//! Text: positions in it, its normal form, and the numerals written in it.

mod fold;
mod numeral; // 第一百一十四条 → 114
mod span;

pub use fold::{CharClass, Folded, fold_char};
pub use numeral::{Numeral, chinese_numeral, parse_numeral, scan_numeral};
pub use span::Span;
