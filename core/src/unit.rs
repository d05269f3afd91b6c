//! What search returns: a unit, the smallest part of a document with words and an identifier of its own.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::citation::{Promulgation, ProvisionPath};
use crate::responsibility::{Column, Field};
use crate::text::{CharClass, Span};

/// What a unit is. The names are those of the API and of `--kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The title of a part of a document.
    Part,
    /// 职责.
    Duty,
    /// 责任事项.
    Item,
    /// 追责依据: the statute named as a ground of liability.
    Citation,
    /// 条款项 of such a statute, with its circumstances.
    Provision,
    /// 追责情形: one circumstance; shown as a clause of its provision.
    Circumstance,
    /// 依法应追责的其他情形.
    Other,
    /// 注.
    Note,
    /// 部门职责边界.
    Boundary,
    /// 事中事后监管制度: chapters, sections, paragraphs and items.
    Supervision,
    /// 公共服务事项.
    Service,
    /// 责任追究机制.
    Accountability,
    /// A row of a list published as a table.
    Row,
    /// What stands in a column of such a list, for one row or many: an authority, an office, a paragraph of a ground.
    Cell,
    /// An article of a statute, or a paragraph outside its articles.
    Article,
}

impl Kind {
    /// Every kind, in the order of the documents.
    pub const ALL: [Kind; 15] = [
        Kind::Part,
        Kind::Duty,
        Kind::Item,
        Kind::Citation,
        Kind::Provision,
        Kind::Circumstance,
        Kind::Other,
        Kind::Note,
        Kind::Boundary,
        Kind::Supervision,
        Kind::Service,
        Kind::Accountability,
        Kind::Row,
        Kind::Cell,
        Kind::Article,
    ];

    /// The name that the API and the command line use.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Part => "part",
            Kind::Duty => "duty",
            Kind::Item => "item",
            Kind::Citation => "citation",
            Kind::Provision => "provision",
            Kind::Circumstance => "circumstance",
            Kind::Other => "other",
            Kind::Note => "note",
            Kind::Boundary => "boundary",
            Kind::Supervision => "supervision",
            Kind::Service => "service",
            Kind::Accountability => "accountability",
            Kind::Row => "row",
            Kind::Cell => "cell",
            Kind::Article => "article",
        }
    }

    /// What an officer calls it.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Part => "部分",
            Kind::Duty => "主要职责",
            Kind::Item => "责任事项",
            Kind::Citation => "引用法规",
            Kind::Provision => "追责依据",
            Kind::Circumstance => "追责情形",
            Kind::Other => "其他情形",
            Kind::Note => "注",
            Kind::Boundary => "职责边界",
            Kind::Supervision => "监管制度",
            Kind::Service => "公共服务",
            Kind::Accountability => "责任追究",
            Kind::Row => "事项",
            Kind::Cell => "表中内容",
            Kind::Article => "法条",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Words of a source as printed, pieces cut by page breaks rejoined, and where each piece stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// Where they stand in the source, in the order of the text; empty for an empty text.
    pub pieces: Vec<Piece>,
}

/// A stretch of a [`Passage`] that stands unbroken in the source. It reaches to the next piece or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Where it begins in the passage, in bytes.
    pub start: u32,
    /// The line of the source file it stands on, from one.
    pub line: u32,
    /// Where it begins in the source file, in bytes of its UTF-8 form.
    pub offset: u32,
}

impl Passage {
    /// The line of the source on which it begins, 0 for an empty passage.
    pub fn line(&self) -> u32 {
        self.pieces.first().map_or(0, |piece| piece.line)
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The words in `span`, with their places.
    ///
    /// # Panics
    ///
    /// If `span` is not a span of its text.
    pub fn slice(&self, span: Span) -> Passage {
        if span.is_empty() {
            return Passage::default();
        }
        let first = self.pieces.partition_point(|piece| piece.start <= span.start).saturating_sub(1);
        let pieces = self.pieces[first..].iter().take_while(|piece| piece.start < span.end);
        let pieces = pieces.map(|piece| {
            let start = piece.start.max(span.start);
            Piece { start: start - span.start, line: piece.line, offset: piece.offset + (start - piece.start) }
        });
        Passage { text: span.slice(&self.text).to_owned(), pieces: pieces.collect() }
    }

    /// The words from byte `start` on.
    ///
    /// # Panics
    ///
    /// If a character does not begin there.
    pub fn from(&self, start: usize) -> Passage {
        self.slice(Span::new(start, self.text.len()))
    }

    /// The words up to byte `end`.
    ///
    /// # Panics
    ///
    /// If a character does not begin there.
    pub fn to(&self, end: usize) -> Passage {
        self.slice(Span::new(0, end))
    }

    /// The same without the blanks around it.
    pub fn trimmed(self) -> Passage {
        let blank = |c: char| CharClass::of(c) == CharClass::Blank;
        let end = self.text.trim_end_matches(blank).len();
        let start = end - self.text[..end].trim_start_matches(blank).len();
        if (start, end) == (0, self.text.len()) { self } else { self.slice(Span::new(start, end)) }
    }

    /// Adds `other` behind, with `between` in between.
    pub fn append(&mut self, between: &str, other: &Passage) {
        self.text.push_str(between);
        let shift = Span::new(0, self.text.len()).end;
        self.pieces.extend(other.pieces.iter().map(|piece| Piece { start: piece.start + shift, ..*piece }));
        self.text.push_str(&other.text);
    }
}

/// One step on the way from the document to a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ancestor {
    /// Its identifier; `None` for what is no unit, as a statute's chapter.
    pub id: Option<String>,
    /// Its title as printed.
    pub label: String,
}

/// A unit with all that its own source says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The document's identifier and the unit's place in it: `boshan-hrss-2015/duty/4/citation/1`.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its own words.
    pub passage: Passage,
    /// The way to it, outermost first, without the document.
    pub path: Vec<Ancestor>,
    /// What only a unit of its kind has.
    pub detail: Detail,
}

impl Unit {
    /// The identifier that its source gives it, if that gives one of its own.
    pub fn external_id(&self) -> Option<&str> {
        match &self.detail {
            Detail::Article { external_id, .. } | Detail::StatuteParagraph { external_id, .. } => {
                external_id.as_deref()
            }
            _ => None,
        }
    }
}

/// What only some kinds of units have. Spans are bytes of the unit's own text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Detail {
    /// Nothing more.
    Plain,
    /// A duty, a chapter, a service or an accountability section: the number printed, if one is.
    Numbered {
        /// 序号.
        no: Option<u32>,
    },
    /// A ground of liability.
    Citation {
        /// Name without 《》, blanks and the prefix 中华人民共和国.
        statute: String,
        /// The parenthesis.
        promulgation: Option<Promulgation>,
    },
    /// A provision under a ground of liability.
    Provision {
        /// The statute it belongs to, as in [`Detail::Citation`].
        statute: String,
        /// Its place in that statute.
        path: ProvisionPath,
        /// The label as printed: 第九十二条.
        label: Span,
        /// The circumstances, without the separating ； and the final 。.
        circumstances: Vec<Span>,
    },
    /// An item of a list in a chapter.
    ListItem {
        /// Its number as printed: （一）, 1., ①.
        ordinal: String,
    },
    /// A service. Its text is these joined by line breaks, empty ones left out.
    Service {
        /// 序号.
        no: Option<u32>,
        /// 服务事项.
        name: Span,
        /// 主要内容.
        content: Span,
        /// 承办机构.
        organiser: Span,
        /// 联系电话: the numbers written out in full (`0533-4250907` also where the area code is printed once).
        phones: Vec<String>,
        /// Addresses found in it.
        urls: Vec<String>,
    },
    /// An accountability subsection: its text is the heading and the body.
    Accountability {
        /// （一） or nothing, as printed.
        ordinal: Option<String>,
        /// 职责分工.
        heading: Span,
        /// The rest.
        body: Span,
    },
    /// A row of a list published as a table. Its text is its name and, each on a line of its own, what no other row of the
    /// list says.
    Row {
        /// The sheet of a workbook.
        sheet: Option<String>,
        /// Its row in the sheet, or its line, from one.
        row: u32,
        /// 序号 as printed.
        no: Option<String>,
        /// 事项名称, with 子项名称 on the next line.
        name: Span,
        /// All its cells, from left to right, but 序号 and blank ones.
        fields: Vec<Field>,
    },
    /// A paragraph that stands in a column of such a list.
    Cell {
        /// What the column holds.
        column: Column,
        /// The column's heading as printed.
        heading: String,
        /// The statute whose articles it goes on with, as [`FieldLine::carried`](crate::responsibility::FieldLine::carried).
        carried: Option<String>,
        /// The numbers of the rows that have it: `17` for `row/17`.
        rows: Vec<u32>,
    },
    /// An article of a statute.
    Article {
        /// The statute's name, as in [`Detail::Citation`].
        statute: String,
        /// Its place in it.
        path: ProvisionPath,
        /// The identifier that its source gives it.
        external_id: Option<String>,
    },
    /// A paragraph of a statute outside its articles: of a preamble, an annex, a decision.
    StatuteParagraph {
        /// The statute's name, as in [`Detail::Citation`].
        statute: String,
        /// The identifier that its source gives it.
        external_id: Option<String>,
    },
}
