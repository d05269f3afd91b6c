//! From text to what the index holds: words, character pairs and single characters.
//!
//! All three are read off one [`Folded`](crate::text::Folded) text, on both sides of the index:
//!
//! - [`LegalAnalyzer::each_word`]: jieba's words (without its guesses, which are unstable), every dictionary word inside them,
//!   and the numbers of articles, paragraphs, orders and documents as canonical tokens;
//! - [`bigrams`]: every pair of neighbouring letters, with positions on which phrases are checked;
//! - [`characters`]: every single letter, for long questions.
//!
//! Blanks do not exist and punctuation is in no token, but it keeps its neighbours apart.

mod grams;
mod numbers;
mod words;

pub use grams::{Bigrams, Characters, Gram, Letter, Letters, bigrams, characters, letters};
pub use numbers::{Number, numbers};
pub use words::{ANALYZER_VERSION, DictionaryError, Fingerprint, LegalAnalyzer, Word, WordClass};
