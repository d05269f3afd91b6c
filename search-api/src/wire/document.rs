//! `GET /documents` and `GET /documents/{id}` without HTTP: a responsibility list as a tree.

use lawcite_core::citation;
use lawcite_core::index::Index;
use lawcite_core::responsibility::{self as list, ResponsibilityList};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::WireError;
use super::row::{Row, rows};

/// Which documents are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DocumentsRequest {
    /// How many are returned at most.
    #[param(required = false, minimum = 1, maximum = 100, default = 10)]
    pub limit: usize,
    /// How many are passed over.
    #[param(required = false, minimum = 0, maximum = 1_000_000, default = 0)]
    pub offset: usize,
}

impl DocumentsRequest {
    /// The most documents that one answer may have.
    pub const MOST: usize = 100;
    /// The most documents that may be passed over.
    pub const FARTHEST: usize = 1_000_000;
}

impl Default for DocumentsRequest {
    fn default() -> DocumentsRequest {
        DocumentsRequest { limit: 10, offset: 0 }
    }
}

/// The responsibility lists of the index, by identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Documents {
    /// How many there are in all.
    pub total: usize,
    /// Those asked for.
    pub documents: Vec<DocumentSummary>,
}

/// A document in a few facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentSummary {
    /// Its identifier: the stem of its file's name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it, if it says so.
    pub issuer: Option<String>,
    /// As precise as printed: `2015-07`.
    pub date: Option<String>,
    /// How many units it has.
    pub units: u32,
    /// How many warnings it gave.
    pub warnings: usize,
}

/// The responsibility lists of the index. Statutes are listed by [`statutes`](super::statutes).
pub fn documents(index: &Index, request: DocumentsRequest) -> Documents {
    let summary = |(header, units): (&list::DocumentHeader, u32)| DocumentSummary {
        id: header.id.clone(),
        title: header.title.clone(),
        issuer: header.issuer.clone(),
        date: header.date.clone(),
        units,
        warnings: header.warnings.len(),
    };
    let lists = || index.documents().filter(|(header, _)| header.statute.is_none());
    Documents {
        total: lists().count(),
        documents: lists().skip(request.offset).take(request.limit).map(summary).collect(),
    }
}

/// The responsibility list with this identifier as a tree, `None` if there is none. A statute is none.
///
/// # Errors
///
/// If the index cannot be read, or what it holds does not make a list.
pub fn document(index: &Index, id: &str) -> Result<Option<Document>, WireError> {
    if index.header(id).is_none_or(|header| header.statute.is_some()) {
        return Ok(None);
    }
    let Some((header, units)) = index.document(id)? else { return Ok(None) };
    Ok(Some(ResponsibilityList::from_units(header.clone(), &units)?.into()))
}

/// A responsibility list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Document {
    /// Its identifier: the stem of its file's name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it, if it says so.
    pub issuer: Option<String>,
    /// As precise as printed: `2015-07`.
    pub date: Option<String>,
    /// Text before the first part that is neither title nor contents.
    pub paras: Vec<Text>,
    /// The parts' titles.
    pub parts: Vec<Part>,
    /// 主要职责.
    pub duties: Vec<Duty>,
    /// 注.
    pub notes: Vec<Text>,
    /// 部门职责边界.
    pub boundary: Option<Boundary>,
    /// 事中事后监管制度.
    pub supervision: Vec<Chapter>,
    /// 公共服务事项.
    pub services: Vec<Service>,
    /// What stands before the sections of 责任追究机制.
    pub accountability_preamble: Option<Text>,
    /// 责任追究机制.
    pub accountability: Vec<AccountabilitySection>,
    /// The rows of a list published as a table.
    pub rows: Vec<Row>,
    /// What was not understood, kept as text.
    pub warnings: Vec<Warning>,
}

/// A unit that is a text and no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Text {
    /// Its identifier.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A part of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Part {
    /// Its identifier.
    pub id: String,
    /// Its title without the number.
    pub title: String,
    /// Text of this part that belongs to nothing known in it.
    pub paras: Vec<Text>,
}

/// 职责.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Duty {
    /// Its identifier.
    pub id: String,
    /// 序号 as printed.
    pub no: Option<u32>,
    /// 主要职责.
    pub title: String,
    /// 具体责任事项.
    pub items: Vec<Text>,
    /// 追责依据及追责情形.
    pub citations: Vec<Ground>,
    /// 依法应追责的其他情形.
    pub other: Option<Text>,
    /// Text of this duty that belongs to none of these.
    pub paras: Vec<Text>,
}

/// A ground of liability: one statute with all its provisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Ground {
    /// Its identifier.
    pub id: String,
    /// The statute without 《》, blanks and 中华人民共和国.
    pub statute: String,
    /// What the parenthesis behind its name says.
    pub promulgation: Option<Promulgation>,
    /// The articles.
    pub provisions: Vec<GroundProvision>,
}

/// One provision under a ground of liability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroundProvision {
    /// Its identifier.
    pub id: String,
    /// 条.
    pub article: u16,
    /// 之一.
    pub suffix: Option<u16>,
    /// 款.
    pub paragraph: Option<u16>,
    /// 项.
    pub item: Option<u16>,
    /// 目.
    pub subitem: Option<u16>,
    /// As printed: 第九十二条.
    pub label: String,
    /// As printed, without the separating ； and the final 。.
    pub circumstances: Vec<String>,
}

/// What the parenthesis after a statute's name says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Promulgation {
    /// Without its brackets, as printed.
    pub raw: String,
    /// As precise as printed: `2010-10`.
    pub date: Option<String>,
    /// What was done to the statute later.
    pub amended: Vec<Amendment>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// 国务院令第259号.
    pub document_number: Option<String>,
}

/// One change of a statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Amendment {
    /// As precise as printed.
    pub date: String,
    /// The word used: 修正, 修订, 修改.
    pub kind: String,
}

/// 部门职责边界.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Boundary {
    /// Its identifier.
    pub id: String,
    /// The first row.
    pub text: String,
    /// The rows after it.
    pub rows: Vec<Text>,
}

/// A chapter of 事中事后监管制度.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Chapter {
    /// Its identifier.
    pub id: String,
    /// Its number as printed.
    pub no: Option<u32>,
    /// Its title without the number.
    pub title: String,
    /// Paragraphs before the first section.
    pub paras: Vec<Text>,
    /// Items outside its sections.
    pub items: Vec<ListItem>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Section {
    /// Its identifier.
    pub id: String,
    /// Its heading without the number.
    pub heading: String,
    /// Paragraphs outside its items.
    pub paras: Vec<Text>,
    /// Its items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListItem {
    /// Its identifier.
    pub id: String,
    /// As printed: （一）, 1., ①.
    pub ordinal: String,
    /// Its words without the ordinal.
    pub text: String,
    /// Unnumbered paragraphs that belong to it.
    pub paras: Vec<Text>,
    /// The items inside it.
    #[schema(no_recursion)]
    pub items: Vec<ListItem>,
}

/// 公共服务.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Service {
    /// Its identifier.
    pub id: String,
    /// 序号 as printed.
    pub no: Option<u32>,
    /// 服务事项.
    pub name: String,
    /// 主要内容.
    pub content: String,
    /// 承办机构.
    pub organiser: String,
    /// The numbers in full.
    pub phones: Vec<String>,
    /// Addresses found in it.
    pub urls: Vec<String>,
}

/// A section of 责任追究机制.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountabilitySection {
    /// Its identifier.
    pub id: String,
    /// Its number as printed.
    pub no: Option<u32>,
    /// 行政机关.
    pub title: String,
    /// Its subsections.
    pub sections: Vec<AccountabilitySubsection>,
}

/// A subsection of 责任追究机制.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountabilitySubsection {
    /// Its identifier.
    pub id: String,
    /// （一） as printed, if it has a number.
    pub ordinal: Option<String>,
    /// 职责分工; empty where it has none.
    pub heading: String,
    /// The rest.
    pub text: String,
}

/// Something of the source that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Warning {
    /// The line of the source, from one.
    pub line: u32,
    /// What it is and what was done with it.
    pub message: String,
}

fn all<A, B: From<A>>(of: Vec<A>) -> Vec<B> {
    of.into_iter().map(B::from).collect()
}

impl From<ResponsibilityList> for Document {
    fn from(list: ResponsibilityList) -> Document {
        Document {
            rows: rows(&list),
            id: list.id,
            title: list.title,
            issuer: list.issuer,
            date: list.date,
            paras: all(list.paras),
            parts: all(list.parts),
            duties: all(list.duties),
            notes: all(list.notes),
            boundary: list.boundary.map(Boundary::from),
            supervision: all(list.supervision),
            services: all(list.services),
            accountability_preamble: list.accountability_preamble.map(Text::from),
            accountability: all(list.accountability),
            warnings: all(list.warnings),
        }
    }
}

impl From<list::Node> for Text {
    fn from(node: list::Node) -> Text {
        Text { id: node.id, text: node.text.text }
    }
}

impl From<list::Part> for Part {
    fn from(part: list::Part) -> Part {
        Part { id: part.id, title: part.title.text, paras: all(part.paras) }
    }
}

impl From<list::Duty> for Duty {
    fn from(duty: list::Duty) -> Duty {
        Duty {
            id: duty.id,
            no: duty.no,
            title: duty.title.text,
            items: all(duty.items),
            citations: all(duty.citations),
            other: duty.other.map(Text::from),
            paras: all(duty.paras),
        }
    }
}

impl From<list::Citation> for Ground {
    fn from(ground: list::Citation) -> Ground {
        Ground {
            id: ground.id,
            statute: ground.statute,
            promulgation: ground.promulgation.map(Promulgation::from),
            provisions: all(ground.provisions),
        }
    }
}

impl From<list::Provision> for GroundProvision {
    fn from(provision: list::Provision) -> GroundProvision {
        let citation::ProvisionPath { article, suffix, paragraph, item, subitem } = provision.path;
        let circumstances = provision.circumstances.into_iter().map(|circumstance| circumstance.text).collect();
        GroundProvision {
            id: provision.id,
            article,
            suffix,
            paragraph,
            item,
            subitem,
            label: provision.label,
            circumstances,
        }
    }
}

impl From<citation::Promulgation> for Promulgation {
    fn from(promulgation: citation::Promulgation) -> Promulgation {
        let amendment = |amendment: citation::Amendment| Amendment { date: amendment.date, kind: amendment.kind };
        Promulgation {
            raw: promulgation.raw,
            date: promulgation.date,
            amended: promulgation.amended.into_iter().map(amendment).collect(),
            issuer: promulgation.issuer,
            document_number: promulgation.document_number,
        }
    }
}

impl From<list::Boundary> for Boundary {
    fn from(boundary: list::Boundary) -> Boundary {
        Boundary { id: boundary.id, text: boundary.text.text, rows: all(boundary.rows) }
    }
}

impl From<list::Chapter> for Chapter {
    fn from(chapter: list::Chapter) -> Chapter {
        Chapter {
            id: chapter.id,
            no: chapter.no,
            title: chapter.title.text,
            paras: all(chapter.paras),
            items: all(chapter.items),
            sections: all(chapter.sections),
        }
    }
}

impl From<list::Section> for Section {
    fn from(section: list::Section) -> Section {
        Section { id: section.id, heading: section.heading.text, paras: all(section.paras), items: all(section.items) }
    }
}

impl From<list::ListItem> for ListItem {
    fn from(item: list::ListItem) -> ListItem {
        ListItem {
            id: item.id,
            ordinal: item.ordinal,
            text: item.text.text,
            paras: all(item.paras),
            items: all(item.items),
        }
    }
}

impl From<list::Service> for Service {
    fn from(service: list::Service) -> Service {
        let words = |span: lawcite_core::text::Span| span.slice(&service.text.text).to_owned();
        Service {
            no: service.no,
            name: words(service.name),
            content: words(service.content),
            organiser: words(service.organiser),
            id: service.id,
            phones: service.phones,
            urls: service.urls,
        }
    }
}

impl From<list::AccountabilitySection> for AccountabilitySection {
    fn from(section: list::AccountabilitySection) -> AccountabilitySection {
        AccountabilitySection {
            id: section.id,
            no: section.no,
            title: section.title.text,
            sections: all(section.sections),
        }
    }
}

impl From<list::AccountabilitySubsection> for AccountabilitySubsection {
    fn from(section: list::AccountabilitySubsection) -> AccountabilitySubsection {
        AccountabilitySubsection {
            heading: section.heading.slice(&section.text.text).to_owned(),
            text: section.body.slice(&section.text.text).to_owned(),
            id: section.id,
            ordinal: section.ordinal,
        }
    }
}

impl From<list::Warning> for Warning {
    fn from(warning: list::Warning) -> Warning {
        Warning { line: warning.line, message: warning.message }
    }
}
