//! What was understood of a query.

use serde::Serialize;

use crate::citation::ProvisionPath;

/// A query as understood. Every step is visible: each concept says what was typed and what is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Interpretation {
    /// As typed.
    pub text: String,
    /// The languages it is in.
    pub language: Language,
    /// What it wants to know, if it says so.
    pub intent: Option<Intent>,
    /// The place in a statute that it names.
    pub citation: Option<CitedPlace>,
    /// What was probably meant, where a word was not found as typed.
    pub corrected: Option<String>,
    /// What is looked for, in the order typed.
    pub concepts: Vec<Concept>,
    /// What stands in quotes: must be there to the letter.
    pub exact: Vec<String>,
    /// What must not be there.
    pub without: Vec<String>,
    /// The Chinese text outside quotes but for places in the law and words that only ask, for its neighbouring letters.
    pub free: String,
}

impl Interpretation {
    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty() && self.exact.is_empty()
    }
}

/// One thing that is looked for, in all the words for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Concept {
    /// What was typed for it.
    pub from: String,
    /// How much it matters: 1 for a word of content, less for words that only shape the question.
    pub weight: f32,
    /// The words for it. Any one of them is evidence, the best one counts.
    pub alternatives: Vec<Alternative>,
}

/// One way of finding a concept.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// What to look for.
    pub sought: Sought,
    /// Why it is looked for.
    pub origin: Origin,
    /// How well it fits, up to 1.
    pub weight: f32,
}

/// What can be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Letters next to each other, folded; punctuation among them parts them.
    Letters(String),
    /// A canonical number: 第92条, 〔2002〕26号.
    Number(String),
    /// A statute or an article of it.
    Place(CitedPlace),
}

/// A place in the law as a query names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CitedPlace {
    /// The statute, without 《》 and 中华人民共和国.
    pub statute: Option<String>,
    /// The article's number as identifiers write it: `92`, `120-1`.
    pub article: Option<String>,
    /// The same with what is named inside the article: a paragraph, an item.
    pub path: Option<ProvisionPath>,
    /// As it is printed: 《社会保险法》第九十二条.
    pub canonical: String,
}

/// Where words come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The query itself.
    Typed,
    /// An abbreviation or another official wording.
    Alias,
    /// An English term.
    English,
    /// Traditional characters.
    Traditional,
    /// Typed by sound.
    Pinyin,
    /// A word that the index does not have, and one close to it.
    Spelling,
    /// What people say for it.
    Lay,
}

/// The language of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
    /// Chinese and English.
    Mixed,
    /// Chinese in Latin letters.
    Pinyin,
}

/// What a query wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Intent {
    /// Who is liable, and what follows.
    Liability,
    /// Whose task it is.
    Responsibility,
    /// A place in a statute.
    Citation,
    /// How long, by when.
    Deadline,
    /// How it is done.
    Procedure,
    /// Whom to call.
    Contact,
}
