//! The parts of a document, told by what their titles say and how they are numbered.

use lawcite_core::unit::Passage;

use super::join;
use super::marker::{Marker, MarkerKind};
use crate::source::Block;

/// What a part is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// 部门主要职责.
    Duties,
    /// 部门职责边界.
    Boundary,
    /// 事中事后监管制度.
    Supervision,
    /// 公共服务事项.
    Services,
    /// 责任追究机制.
    Accountability,
    /// Something else, kept as text; tables in it are read all the same.
    Unknown,
}

/// A part: its title, and where its blocks are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartRange {
    pub(super) role: Role,
    /// None for what a document without parts holds.
    pub(super) title: Option<Passage>,
    pub(super) ordinal: Passage,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Titles that are a part's even without a number.
const BARE_TITLES: &[&str] = &[
    "部门主要职责",
    "主要职责",
    "部门职责边界",
    "职责边界",
    "事中事后监管制度",
    "事中事后监管",
    "公共服务事项",
    "公共服务",
    "责任追究机制",
    "责任追究",
];

impl Role {
    /// What a part of this title is about.
    fn of(title: &str) -> Role {
        let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
        if says(&["边界"]) {
            Role::Boundary
        } else if says(&["监管", "监督检查制度", "监督管理制度"]) {
            Role::Supervision
        } else if says(&["公共服务", "服务事项"]) {
            Role::Services
        } else if says(&["责任追究", "追究机制", "追责", "问责"]) {
            Role::Accountability
        } else if says(&["主要职责", "部门职责", "工作职责", "职责清单", "责任事项", "权责事项", "责任清单"])
        {
            Role::Duties
        } else {
            Role::Unknown
        }
    }
}

/// How the titles of the parts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    level: Option<u8>,
    marker: Option<MarkerKind>,
}

/// A line that may be the title of a part.
struct Candidate<'b> {
    index: usize,
    line: &'b Passage,
    style: Style,
    number: Option<u32>,
    ordinal: usize,
    role: Role,
    is_bare_title: bool,
}

impl Candidate<'_> {
    fn new(index: usize, block: &Block) -> Option<Candidate<'_>> {
        let (line, level) = match block {
            Block::Heading { level, text } => (text, Some(*level)),
            Block::Paragraph(text) => (text, None),
            Block::Table(_) => return None,
        };
        let marker = Marker::scan(&line.text);
        let ordinal = marker.map_or(0, |marker| marker.length);
        let title: String = line.text[ordinal..].chars().filter(|c| !c.is_whitespace()).collect();
        join::is_title(&title).then(|| Candidate {
            index,
            line,
            style: Style { level, marker: marker.map(|marker| marker.kind) },
            number: marker.map(|marker| marker.number),
            ordinal,
            role: Role::of(&title),
            is_bare_title: BARE_TITLES.contains(&title.as_str()),
        })
    }

    /// Whether the first part can begin here: with a number or a heading it says what it is about, without it is
    /// known by name. The title of the document (责任清单) is none.
    fn can_be_first(&self) -> bool {
        let is_marked = matches!(self.style.marker, Some(MarkerKind::Chinese | MarkerKind::Named(_)));
        let names_document = self.number.is_none() && self.line.text.contains("清单");
        self.role != Role::Unknown && !names_document && (is_marked || self.style.level.is_some() || self.is_bare_title)
    }
}

/// The parts among `blocks[from..]`. What stands before the first is the title page.
pub(super) fn find_parts(blocks: &[Block], from: usize) -> Vec<PartRange> {
    let mut finder = Finder { blocks, parts: Vec::new(), style: None, last_number: None, has_table: false };
    for (index, block) in blocks.iter().enumerate().skip(from) {
        if let Some(candidate) = Candidate::new(index, block) {
            finder.consider(&candidate);
        }
        finder.has_table |= matches!(block, Block::Table(_));
    }
    let mut parts = finder.parts;
    for index in 0..parts.len() {
        parts[index].end = parts.get(index + 1).map_or(blocks.len(), |next| next.start - 1);
    }
    parts
}

struct Finder<'b> {
    blocks: &'b [Block],
    parts: Vec<PartRange>,
    style: Option<Style>,
    /// The number of the last list of the parts' style that is open inside the part: what a section would go on from.
    last_number: Option<u32>,
    /// Whether the part has a table.
    has_table: bool,
}

impl Finder<'_> {
    fn consider(&mut self, candidate: &Candidate<'_>) {
        let begins = match self.style {
            None => candidate.can_be_first(),
            Some(style) if style.level.is_some() => self.begins_as_heading(candidate, style),
            Some(style) if style.marker.is_some() => self.begins_with_number(candidate, style),
            Some(_) => candidate.is_bare_title && self.is_new(candidate.role),
        };
        if begins {
            self.style.get_or_insert(candidate.style);
            self.last_number = None;
            self.has_table = false;
            self.parts.push(PartRange {
                role: candidate.role,
                title: Some(candidate.line.from(candidate.ordinal).trimmed()),
                ordinal: candidate.line.to(candidate.ordinal),
                start: candidate.index + 1,
                end: self.blocks.len(),
            });
        } else if self.style.is_some_and(|style| style.marker == candidate.style.marker) {
            self.last_number = candidate.number;
        }
    }

    fn is_new(&self, role: Role) -> bool {
        role != Role::Unknown && self.parts.iter().all(|part| part.role != role)
    }

    fn is_next(&self, candidate: &Candidate<'_>) -> bool {
        candidate.number.is_some_and(|number| number as usize == self.parts.len() + 1)
    }

    fn begins_as_heading(&self, candidate: &Candidate<'_>, style: Style) -> bool {
        // Text recognition gives the headings of one rank different levels: the number tells, too.
        let same_rank = candidate.style.level == style.level
            || style.marker.is_some() && candidate.style.marker == style.marker && self.is_next(candidate);
        candidate.style.level.is_some()
            && same_rank
            && (candidate.style.level == style.level || self.is_new(candidate.role))
    }

    fn begins_with_number(&self, candidate: &Candidate<'_>, style: Style) -> bool {
        if candidate.style.marker != style.marker {
            return false;
        }
        let inside_lists = self.parts.last().is_some_and(|part| {
            matches!(part.role, Role::Supervision | Role::Accountability)
                || part.role == Role::Unknown && !self.has_table
        });
        if !self.is_new(candidate.role) {
            // A part about something else, where nothing but parts is numbered so.
            return candidate.role == Role::Unknown && self.is_next(candidate) && self.has_table && !inside_lists;
        }
        let named_in_full =
            ["制度", "机制", "事项", "职责", "边界", "清单"].iter().any(|end| candidate.line.text.ends_with(end));
        if self.last_number.is_some_and(|last| Some(last + 1) == candidate.number) {
            // It may as well be the next section of the chapter before.
            return named_in_full && self.is_next(candidate);
        }
        self.is_next(candidate) || named_in_full || candidate.is_bare_title
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{blocks, decode};

    fn parts(text: &str) -> Vec<(Role, String)> {
        let blocks = blocks(&decode("list.md".as_ref(), text.into()).expect("it is text"));
        let title = |part: PartRange| (part.role, part.title.map_or_else(String::new, |title| title.text));
        find_parts(&blocks, 0).into_iter().map(title).collect()
    }

    #[test]
    fn parts_are_told_from_sections_of_the_same_numbers() {
        use Role::*;
        for (name, text, expected) in [
            (
                "numbers",
                "责任清单\n一、主要职责\n| 序号 |\n\n二、职责边界\n无\n三、事中事后监管制度\n（一）甲\n一、检查对象\n二、检查方式\n\
                 三、检查措施\n四、责任追究\n五、公共服务检查\n四、公共服务事项\n五、责任追究机制\n一、行政机关\n二、追责程序",
                &[
                    (Duties, "主要职责"),
                    (Boundary, "职责边界"),
                    (Supervision, "事中事后监管制度"),
                    (Services, "公共服务事项"),
                    (Accountability, "责任追究机制"),
                ][..],
            ),
            (
                "headings",
                "# 某局责任清单\n## 部门职责\n### 负责规划\n## 事中事后监管\n### 一、职责边界的监管\n## 附则\n略。",
                &[(Duties, "部门职责"), (Supervision, "事中事后监管"), (Unknown, "附则")],
            ),
            (
                "named",
                "第一部分 主要职责\n一、负责规划\n第二部分 责任追究\n一、行政机关",
                &[(Duties, "主要职责"), (Accountability, "责任追究")],
            ),
            (
                "bare",
                "某局责任清单\n主要职责\n1. 负责\n公共服务事项\n咨询",
                &[(Duties, "主要职责"), (Services, "公共服务事项")],
            ),
            ("none", "某局责任清单\n| 序号 | 职责 |", &[]),
        ] {
            let expected: Vec<_> = expected.iter().map(|&(role, title)| (role, title.to_owned())).collect();
            assert_eq!(parts(text), expected, "{name}");
        }
    }
}
