//! The tree's types. They serialize to "A document" of the API.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::row::{ListRow, RowCell};
use crate::citation::{Promulgation, ProvisionPath};
use crate::document::Warning;
use crate::text::Span;
use crate::unit::Passage;

/// In JSON a passage is its words.
fn words<S: Serializer>(passage: &Passage, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&passage.text)
}

/// A whole responsibility list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResponsibilityList {
    /// The file's stem.
    pub id: String,
    /// 淄博市博山区人力资源和社会保障局责任清单.
    pub title: String,
    /// Who published it, if it says so.
    pub issuer: Option<String>,
    /// As precise as printed: `2015-07`.
    pub date: Option<String>,
    /// Text before the first part that is neither title nor contents.
    pub paras: Vec<Node>,
    /// The parts' titles.
    pub parts: Vec<Part>,
    /// 主要职责.
    pub duties: Vec<Duty>,
    /// 注.
    pub notes: Vec<Node>,
    /// 部门职责边界.
    pub boundary: Option<Boundary>,
    /// 事中事后监管制度.
    pub supervision: Vec<Chapter>,
    /// 公共服务事项.
    pub services: Vec<Service>,
    /// 责任追究机制: its preamble (`accountability`), if it has one.
    #[serde(skip)]
    pub accountability_preamble: Option<Node>,
    /// 责任追究机制.
    pub accountability: Vec<AccountabilitySection>,
    /// The rows of a list published as a table.
    #[serde(skip)]
    pub rows: Vec<ListRow>,
    /// What their columns hold, in the order of the rows that have it first.
    #[serde(skip)]
    pub cells: Vec<RowCell>,
    /// What was not understood, kept as text.
    pub warnings: Vec<Warning>,
}

/// A unit that is a text and no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Its identifier.
    pub id: String,
    /// Its words.
    #[serde(serialize_with = "words")]
    pub text: Passage,
}

/// A responsibility item (具体责任事项).
pub type Item = Node;

/// A part of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its identifier.
    pub id: String,
    /// Its title without the number.
    #[serde(serialize_with = "words")]
    pub title: Passage,
    /// Text of this part that belongs to nothing known in it.
    pub paras: Vec<Node>,
}

/// What 部门职责边界 holds: 无, or a row for each matter that is shared with another department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Boundary {
    /// Its identifier.
    pub id: String,
    /// The first row, its cells joined by line breaks.
    #[serde(serialize_with = "words")]
    pub text: Passage,
    /// The rows after the first: `boundary/2` and on.
    pub rows: Vec<Node>,
}

/// 职责.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// Its identifier.
    pub id: String,
    /// 序号 as printed.
    pub no: Option<u32>,
    /// 主要职责.
    #[serde(serialize_with = "words")]
    pub title: Passage,
    /// 具体责任事项.
    pub items: Vec<Item>,
    /// 追责依据及追责情形.
    pub citations: Vec<Citation>,
    /// 依法应追责的其他情形.
    pub other: Option<Node>,
    /// Text of this duty that belongs to none of these.
    pub paras: Vec<Node>,
}

/// One statute under which someone is held liable, with all its provisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Its identifier.
    pub id: String,
    /// Name and parenthesis as printed.
    #[serde(skip)]
    pub text: Passage,
    /// Name without 《》, blanks and the prefix 中华人民共和国, inner 〈〉 kept.
    pub statute: String,
    /// The parenthesis.
    pub promulgation: Option<Promulgation>,
    /// The articles.
    pub provisions: Vec<Provision>,
}

/// One provision under a citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Provision {
    /// Its identifier.
    pub id: String,
    /// Label and circumstances as printed.
    #[serde(skip)]
    pub text: Passage,
    /// Its place in the statute.
    #[serde(flatten)]
    pub path: ProvisionPath,
    /// As printed: 第九十二条.
    pub label: String,
    /// The circumstances as printed, without the separating ； and the final 。.
    #[serde(serialize_with = "slices")]
    pub circumstances: Vec<Circumstance>,
}

/// One circumstance: its words and where they stand in the provision's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstance {
    /// As printed.
    pub text: String,
    /// Bytes of the provision's text.
    pub span: Span,
}

impl Provision {
    /// Where its label stands in its text: at the beginning.
    pub fn label_span(&self) -> Span {
        Span::new(0, self.label.len())
    }
}

fn slices<S: Serializer>(circumstances: &[Circumstance], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(circumstances.iter().map(|circumstance| &circumstance.text))
}

/// A chapter of 事中事后监管制度.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chapter {
    /// Its identifier.
    pub id: String,
    /// Its number as printed.
    pub no: Option<u32>,
    /// Its title without the number.
    #[serde(serialize_with = "words")]
    pub title: Passage,
    /// Paragraphs before the first section.
    pub paras: Vec<Node>,
    /// Items outside its sections: some chapters are a list and no more.
    pub items: Vec<ListItem>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its identifier.
    pub id: String,
    /// Its heading without the number.
    #[serde(serialize_with = "words")]
    pub heading: Passage,
    /// Paragraphs outside its items.
    pub paras: Vec<Node>,
    /// Its items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListItem {
    /// Its identifier.
    pub id: String,
    /// As printed: （一）, 1., ①.
    pub ordinal: String,
    /// Its words without the ordinal.
    #[serde(serialize_with = "words")]
    pub text: Passage,
    /// Unnumbered paragraphs that belong to it.
    pub paras: Vec<Node>,
    /// The items inside it.
    pub items: Vec<ListItem>,
}

/// 公共服务.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its identifier.
    pub id: String,
    /// 序号 as printed.
    pub no: Option<u32>,
    /// Name, content, organiser and telephone numbers as printed, joined by line breaks, blank ones left out.
    pub text: Passage,
    /// 服务事项, in bytes of the text; so are the next two.
    pub name: Span,
    /// 主要内容.
    pub content: Span,
    /// 承办机构.
    pub organiser: Span,
    /// The numbers in full, the area code carried over to those printed without.
    pub phones: Vec<String>,
    /// Addresses in any of its cells.
    pub urls: Vec<String>,
}

impl Serialize for Service {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Service", 7)?;
        object.serialize_field("id", &self.id)?;
        object.serialize_field("no", &self.no)?;
        object.serialize_field("name", self.name.slice(&self.text.text))?;
        object.serialize_field("content", self.content.slice(&self.text.text))?;
        object.serialize_field("organiser", self.organiser.slice(&self.text.text))?;
        object.serialize_field("phones", &self.phones)?;
        object.serialize_field("urls", &self.urls)?;
        object.end()
    }
}

/// A section of 责任追究机制.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountabilitySection {
    /// Its identifier.
    pub id: String,
    /// Its number as printed.
    pub no: Option<u32>,
    /// 行政机关.
    #[serde(serialize_with = "words")]
    pub title: Passage,
    /// Its subsections.
    pub sections: Vec<AccountabilitySubsection>,
}

/// A subsection of 责任追究机制.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountabilitySubsection {
    /// Its identifier.
    pub id: String,
    /// （一） as printed, if it has a number.
    pub ordinal: Option<String>,
    /// Heading and text as printed, without the number.
    pub text: Passage,
    /// 职责分工, in bytes of the text; empty where the paragraph has none.
    pub heading: Span,
    /// The rest.
    pub body: Span,
}

impl Serialize for AccountabilitySubsection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("AccountabilitySubsection", 4)?;
        object.serialize_field("id", &self.id)?;
        object.serialize_field("ordinal", &self.ordinal)?;
        object.serialize_field("heading", self.heading.slice(&self.text.text))?;
        object.serialize_field("text", self.body.slice(&self.text.text))?;
        object.end()
    }
}
