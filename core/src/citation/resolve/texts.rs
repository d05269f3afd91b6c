//! The words of articles, as they are compared with what is quoted.

use std::sync::Arc;

use crate::text::{CharClass, fold_char};

/// Where the words of statutes come from.
pub trait Texts {
    /// What can go wrong while reading.
    type Error;

    /// The articles of a document in the order printed, none if it has none. They are asked for once for every citation
    /// that quotes, so keep them.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    fn articles(&self, document: &str) -> Result<Arc<[ArticleText]>, Self::Error>;

    /// Whether a document has an article of that number (`92`, `120-1`).
    ///
    /// # Errors
    ///
    /// If that cannot be read.
    fn has_article(&self, document: &str, key: &str) -> Result<bool, Self::Error> {
        Ok(self.articles(document)?.iter().any(|article| article.key() == key))
    }
}

/// An article's words in the form in which they are compared: letters alone, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleText {
    key: Box<str>,
    letters: Box<[char]>,
}

impl ArticleText {
    /// Takes what stands behind `article/` in its identifier (`92`, `120-1`, `92~2`) and its text.
    pub fn new(key: &str, text: &str) -> ArticleText {
        ArticleText { key: key.into(), letters: letters(text).into() }
    }

    /// What stands behind `article/` in its identifier.
    pub fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn letters(&self) -> &[char] {
        &self.letters
    }

    /// Its number without 之一.
    pub(super) fn number(&self) -> i32 {
        number(&self.key)
    }
}

/// The number that a key begins with.
pub(super) fn number(key: &str) -> i32 {
    key.split(['-', '~']).next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

pub(super) fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).map(fold_char).collect()
}
