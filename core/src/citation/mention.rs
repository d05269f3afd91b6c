//! What the extractor finds: a mention, one place of a text that cites something.

use serde::{Deserialize, Serialize};

use super::{CitedProvision, Division, PartPath, Promulgation};
use crate::text::Span;

/// One place of a text that cites a statute, provisions of one, or a document number.
///
/// A title, the parenthesis after it and the provisions that follow with nothing but blanks between are one mention. It
/// says what is written; what that means in a corpus of statutes is for others to resolve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// All of it: bytes of the text.
    pub span: Span,
    /// How it cites.
    pub kind: MentionKind,
    /// What is inside 《》, or the bare name.
    pub title: Option<Span>,
    /// The statute meant, as [`statute_key`](super::statute_key) writes it; for [`MentionKind::Carried`] and
    /// [`MentionKind::SelfReference`] `None` where the text does not tell.
    pub statute: Option<String>,
    /// An order or document number without its blanks.
    pub number: Option<String>,
    /// What the parenthesis after the title says.
    pub promulgation: Option<Promulgation>,
    /// That parenthesis with its brackets.
    pub promulgation_span: Option<Span>,
    /// 编, 章 and 节 cited, outermost first. They are in the span where an article follows, and stand behind it where not.
    pub divisions: Vec<Division>,
    /// The provisions cited, lists and ranges expanded, in the order of the text. Empty where a title stands alone, and
    /// for 前款 and the like, whose article another text gives.
    pub provisions: Vec<CitedProvision>,
    /// For [`MentionKind::Relative`] what is cited inside the provision pointed at: the items of 前款第（一）、（三）项, or 第二款
    /// of the article that the words stand in.
    #[serde(default)]
    pub parts: Vec<PartPath>,
}

/// How a mention cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// 《社会保险法》第九十二条.
    Named,
    /// 社保法92条: a name or alias without 《》.
    Bare,
    /// 第九十三条, of the statute named before.
    Carried,
    /// 本法第八条, 本条例.
    #[serde(rename = "self")]
    SelfReference,
    /// 前款, 前条第二款, 本条: of the provision that the words stand in.
    Relative,
    /// 国务院令第423号, 国发〔2011〕48号.
    Number,
}

impl MentionKind {
    /// The name that the API uses.
    pub fn name(self) -> &'static str {
        match self {
            MentionKind::Named => "named",
            MentionKind::Bare => "bare",
            MentionKind::Carried => "carried",
            MentionKind::SelfReference => "self",
            MentionKind::Relative => "relative",
            MentionKind::Number => "number",
        }
    }
}

impl Mention {
    pub(super) fn new(span: Span, kind: MentionKind) -> Mention {
        Mention {
            span,
            kind,
            title: None,
            statute: None,
            number: None,
            promulgation: None,
            promulgation_span: None,
            divisions: Vec::new(),
            provisions: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// The same in a text that begins so many bytes earlier.
    #[must_use]
    pub fn moved(mut self, bytes: u32) -> Mention {
        let moved = |span: Span| Span { start: span.start + bytes, end: span.end + bytes };
        self.span = moved(self.span);
        self.title = self.title.map(moved);
        self.promulgation_span = self.promulgation_span.map(moved);
        self.provisions.iter_mut().for_each(|provision| provision.span = moved(provision.span));
        self
    }

    /// Its words.
    ///
    /// # Panics
    ///
    /// If it was not found in `text`.
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        self.span.slice(text)
    }
}
