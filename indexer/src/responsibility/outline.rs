//! Numbered lines as a tree: which number belongs to which list.
//!
//! The same ordinals mean different things in one document: 一、 is a part, a section of a chapter and a section of
//! the last part, （一） a chapter and an item. What a number belongs to is told by the lists that are open where it
//! stands: it is the next of one of them, or the first of a new one. Where it could be the next of two, the shape of
//! the line and what follows it decide.

use std::collections::HashSet;

use lawcite_core::responsibility::Warning;
use lawcite_core::text::CharClass;
use lawcite_core::unit::Passage;

use super::join;
use super::marker::{Marker, MarkerKind};

/// A line of a part that is not in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: Passage,
    /// Of a heading.
    pub(super) level: Option<u8>,
    /// A row of a table: never joined to what stands around it.
    pub(super) is_row: bool,
}

/// A numbered line or a heading, and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// As printed; empty for a heading without number.
    pub(super) ordinal: Passage,
    pub(super) number: Option<u32>,
    /// Its words without the ordinal.
    pub(super) text: Passage,
    /// Unnumbered paragraphs under it. They all come before its entries.
    pub(super) paras: Vec<Passage>,
    pub(super) entries: Vec<Entry>,
}

/// Reads lines as a tree. The root has the paragraphs before the first number.
///
/// `titles` are those of the table of contents: a title that is cut is known by them.
pub(super) fn read_outline(lines: &[Line], titles: &Titles, warnings: &mut Vec<Warning>) -> Entry {
    let lines = with_whole_ordinals(lines);
    let mut titles = titles.clone();
    for line in &lines {
        titles.add(&line.text.text);
    }
    let mut reader = Reader::new(&lines, &titles, warnings);
    for index in 0..lines.len() {
        reader.read(index);
    }
    reader.close(0);
    reader.open.pop().expect("the root is never closed").entry
}

/// Titles by their letters, without ordinals.
#[derive(Clone, Debug, Default)]
pub(super) struct Titles {
    letters: HashSet<String>,
}

impl Titles {
    /// Adds the title that a line is, if it is one.
    pub(super) fn add(&mut self, line: &str) {
        let start = Marker::scan(line).map_or(0, |marker| marker.length);
        if join::is_title(&line[start..]) {
            self.letters.insert(letters(&line[start..]).collect());
        }
    }

    fn contains(&self, before: &str, after: &str) -> bool {
        self.letters.contains(&letters(before).chain(letters(after)).collect::<String>())
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter)
}

/// The lines, ordinals that are cut joined with what follows them: （ / 一）对象, 二 / 、内容.
fn with_whole_ordinals(lines: &[Line]) -> Vec<Line> {
    const LONGEST_PIECE: usize = 12;
    let is_piece = |line: &Line, next: &Line| {
        let piece = line.text.text.as_str();
        let plain = line.level.is_none() && next.level.is_none() && !line.is_row && !next.is_row;
        plain && piece.len() <= LONGEST_PIECE && Marker::scan(piece).is_none() && {
            let joined: String = piece.chars().chain(next.text.text.chars().take(LONGEST_PIECE)).collect();
            Marker::scan(&joined).is_some_and(|marker| marker.length > piece.len())
        }
    };
    let mut whole: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match whole.last_mut() {
            Some(last) if is_piece(last, line) => last.text.append("", &line.text),
            _ => whole.push(line.clone()),
        }
    }
    whole
}

/// How a list is told from others: by its ordinals, or by the level of its headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    marker: Option<MarkerKind>,
    level: Option<u8>,
}

impl Style {
    /// Whether entries of these styles can be of one list: headings stay among themselves, and need not keep to one
    /// level if their ordinals tell.
    fn matches(self, other: Style) -> bool {
        self.level.is_some() == other.level.is_some()
            && self.marker == other.marker
            && (self.marker.is_some() || self.level == other.level)
    }
}

/// An entry to which more can be added.
struct Open {
    style: Style,
    entry: Entry,
    /// The last text under it came from a row.
    ends_in_row: bool,
}

struct Reader<'r> {
    lines: &'r [Line],
    markers: Vec<Option<Marker>>,
    /// The entries that the next line may belong to, outermost first; the root is the first.
    open: Vec<Open>,
    /// Whether unnumbered paragraphs end like sentences here; one that does not is cut.
    sentences: bool,
    titles: &'r Titles,
    warnings: &'r mut Vec<Warning>,
}

impl<'r> Reader<'r> {
    fn new(lines: &'r [Line], titles: &'r Titles, warnings: &'r mut Vec<Warning>) -> Reader<'r> {
        let markers: Vec<_> = lines.iter().map(|line| Marker::scan(&line.text.text).filter(|_| !line.is_row)).collect();
        let plain = || lines.iter().zip(&markers).filter(|(line, marker)| marker.is_none() && line.level.is_none());
        let ended = plain().filter(|(line, _)| join::ends_entry(&line.text.text)).count();
        let sentences = ended * 2 >= plain().count();
        let root = Open { style: Style { marker: None, level: None }, entry: Entry::default(), ends_in_row: false };
        Reader { lines, markers, open: vec![root], sentences, titles, warnings }
    }

    fn read(&mut self, index: usize) {
        let line = &self.lines[index];
        if self.goes_on(index) {
            self.last_text().append("", &line.text);
            return;
        }
        if self.markers[index].is_some() || line.level.is_some() {
            self.add_entry(index);
            return;
        }
        let innermost = self.innermost();
        innermost.ends_in_row = line.is_row;
        innermost.entry.paras.push(line.text.clone());
    }

    fn innermost(&mut self) -> &mut Open {
        self.open.last_mut().expect("the root is never closed")
    }

    /// What stands before the next line.
    fn last_text(&mut self) -> &mut Passage {
        let entry = &mut self.innermost().entry;
        entry.paras.last_mut().unwrap_or(&mut entry.text)
    }

    fn style(&self, index: usize) -> Style {
        Style { marker: self.markers[index].map(|marker| marker.kind), level: self.lines[index].level }
    }

    /// Whether a line is the rest of what stands before it.
    fn goes_on(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let last = self.open.last().expect("the root is never closed");
        let (before, is_para) = match last.entry.paras.last() {
            Some(para) => (&para.text, true),
            None => (&last.entry.text.text, false),
        };
        let after = &line.text.text;
        if line.is_row || line.level.is_some() || last.ends_in_row {
            return false;
        }
        if before.is_empty() {
            // An ordinal alone waits for its words.
            return last.entry.number.is_some() && self.markers[index].is_none();
        }
        if !join::is_sentence_cut(before, after) || join::ends_entry(before) {
            return false;
        }
        if self.markers[index].is_some() {
            // A number that no list waits for, behind a sentence that is not at its end: 按照第 / （三）项.
            return !self.is_expected(index) && (join::has_sentence_punctuation(before) || join::expects_more(before));
        }
        if join::begins_mid_sentence(after) || join::has_open_bracket(before) || join::expects_more(before) {
            return true;
        }
        if is_para {
            // Lines of a list without numbers, 客运企业 / 客运站, are neither cut nor sentences.
            let is_list = join::is_title(before) && join::is_title(after);
            return !is_list && (self.sentences || !join::is_title(before));
        }
        !join::is_title(before)
            || self.titles.contains(before, after)
            || is_wrapped_title(last.entry.paras.last().unwrap_or(&last.entry.text), &line.text)
            || last.style.level.is_none() && self.is_list_of_sentences(index)
    }

    /// Whether the entry that is open, which looks like a heading, stands among entries that are sentences: then it
    /// is none, but a sentence that was cut before its first punctuation.
    fn is_list_of_sentences(&self, index: usize) -> bool {
        let [.., parent, last] = &self.open[..] else { return false };
        let previous = parent.entry.entries.last().map(|entry| !join::is_title(&entry.text.text));
        let following = (index + 1..self.lines.len()).find_map(|next| Some((next, self.markers[next]?)));
        let following = following.and_then(|(next, marker)| {
            let is_next =
                Some(marker.kind) == last.style.marker && Some(marker.number) == last.entry.number.map(|n| n + 1);
            is_next.then(|| !join::is_title(&self.lines[next].text.text[marker.length..]))
        });
        previous.or(following).is_some() && previous.unwrap_or(true) && following.unwrap_or(true)
    }

    /// Whether an open list waits for this number, or it begins one.
    fn is_expected(&self, index: usize) -> bool {
        let style = self.style(index);
        let Some(marker) = self.markers[index] else { return true };
        marker.number == 1 || self.waiting(style, marker.number).next().is_some()
    }

    /// The depths of the open entries whose next has this style and number, innermost first.
    fn waiting(&self, style: Style, number: u32) -> impl Iterator<Item = usize> + '_ {
        let is_next = move |open: &Open| open.style.matches(style) && open.entry.number == Some(number - 1);
        (1..self.open.len()).rev().filter(move |&depth| is_next(&self.open[depth]))
    }

    fn add_entry(&mut self, index: usize) {
        let line = &self.lines[index];
        let style = self.style(index);
        let depth = self.depth(index, style);
        self.close(depth - 1);
        let length = self.markers[index].map_or(0, |marker| marker.length);
        self.open.push(Open {
            style,
            ends_in_row: false,
            entry: Entry {
                ordinal: line.text.to(length),
                number: self.markers[index].map(|marker| marker.number),
                text: line.text.from(length).trimmed(),
                ..Entry::default()
            },
        });
    }

    /// Closes the entries that are deeper than `depth`.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth + 1 {
            let closed = self.open.pop().expect("there are more than one").entry;
            self.innermost().entry.entries.push(closed);
        }
    }

    /// How deep the entry on a line stands: one for the outermost.
    fn depth(&mut self, index: usize, style: Style) -> usize {
        let innermost = self.open.len() - 1;
        let Some(marker) = self.markers[index] else { return self.depth_of_heading(style) };
        let waiting: Vec<usize> = self.waiting(style, marker.number).collect();
        match waiting[..] {
            [depth] if depth > 1 || self.can_be_outermost(index, depth) => return depth,
            [depth, outer, ..] => return if self.opens_a_chapter(index, outer) { outer } else { depth },
            _ => {}
        }
        if style.level.is_some() && !self.open.iter().any(|open| open.style.matches(style)) {
            return self.depth_of_heading(style);
        }
        if marker.number == 1 {
            // A list that begins again right behind another of its kind stands beside it, not in it.
            let beside = innermost > 1 && self.open[innermost].style.matches(style);
            return if beside { innermost } else { innermost + 1 };
        }
        let Some(depth) = (1..=innermost).rev().find(|&depth| self.open[depth].style.matches(style)) else {
            self.warn(index, "is the first of its list here");
            return innermost + 1;
        };
        self.warn(index, "is not the next number of its list, and is counted by its place");
        depth
    }

    fn depth_of_heading(&self, style: Style) -> usize {
        let is_outer = |open: &Open| open.style.level.is_some_and(|level| Some(level) < style.level);
        1 + (1..self.open.len()).rev().find(|&depth| is_outer(&self.open[depth])).unwrap_or(0)
    }

    /// A sentence with the number of the next chapter, where an inner list of that kind has a gap, is of the list.
    fn can_be_outermost(&self, index: usize, depth: usize) -> bool {
        let style = self.style(index);
        let has_inner = self.open[depth + 1..].iter().any(|open| open.style.matches(style));
        !has_inner || join::is_title(&self.lines[index].text.text)
    }

    /// Of a number that two lists wait for: whether it is the outer one's, which then begins lists of its own, while
    /// the inner one goes on or ends before what its parent waits for.
    fn opens_a_chapter(&self, index: usize, outer: usize) -> bool {
        if !join::is_title(&self.lines[index].text.text) {
            return false;
        }
        let next = (index + 1..self.lines.len()).find_map(|next| Some((self.style(next), self.markers[next]?)));
        let inner = self.open.get(outer + 1).map(|open| open.style);
        next.is_some_and(|(style, marker)| marker.number == 1 && inner.is_some_and(|inner| inner.matches(style)))
    }

    fn warn(&mut self, index: usize, what: &str) {
        let line = &self.lines[index].text;
        let ordinal = self.markers[index].map_or("", |marker| &line.text[..marker.length]);
        self.warnings.push(Warning { line: line.line(), message: format!("{ordinal} {what}") });
    }
}

/// Whether a title fills its line, and what follows on the next one is no sentence but its rest. Behind a blank line it
/// may as well be a sentence whose end is on the next page.
fn is_wrapped_title(before: &Passage, after: &Passage) -> bool {
    const SHORTEST: usize = 20;
    let is_next_line = before.pieces.last().is_some_and(|piece| piece.line + 1 == after.line());
    is_next_line && before.text.chars().nth(SHORTEST - 1).is_some() && join::is_title(&after.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<String> {
        fn write(entry: &Entry, depth: usize, lines: &mut Vec<String>) {
            for para in &entry.paras {
                lines.push(format!("{}- {}", " ".repeat(depth), para.text));
            }
            for entry in &entry.entries {
                lines.push(format!("{}{}{}", " ".repeat(depth), entry.ordinal.text, entry.text.text));
                write(entry, depth + 1, lines);
            }
        }
        let line = |text: &str| {
            let words = text.trim_start_matches('#');
            let level = (words.len() < text.len()).then(|| u8::try_from(text.len() - words.len()).expect("few"));
            let text = Passage { text: words.trim().to_owned(), pieces: Vec::new() };
            Line { text, level, is_row: false }
        };
        let lines: Vec<Line> = text.lines().map(str::trim).filter(|text| !text.is_empty()).map(line).collect();
        let mut written = Vec::new();
        write(&read_outline(&lines, &Titles::default(), &mut Vec::new()), 0, &mut written);
        written
    }

    #[test]
    fn the_same_ordinals_are_told_apart_by_what_they_continue() {
        let text = "（一）甲制度\n一、检查内容\n（一）自查。企业实施；\n（二）复查。汇报。\n二、检查程序\n督促整改。\n\
                    （二）乙制度\n一、检查对象\n区属企业。\n二、检查方式\n（一）自查。\n（二）抽查。\n（三）重点检查。\n\
                    （三）丙制度\n一、检查对象\n区属企业。";
        assert_eq!(
            outline(text),
            [
                "（一）甲制度",
                " 一、检查内容",
                "  （一）自查。企业实施；",
                "  （二）复查。汇报。",
                " 二、检查程序",
                "  - 督促整改。",
                "（二）乙制度",
                " 一、检查对象",
                "  - 区属企业。",
                " 二、检查方式",
                "  （一）自查。",
                "  （二）抽查。",
                "  （三）重点检查。",
                "（三）丙制度",
                " 一、检查对象",
                "  - 区属企业。",
            ]
        );
    }

    #[test]
    fn a_number_given_twice_counts_by_its_place() {
        assert_eq!(outline("一、甲\n二、乙\n二、丙\n三、丁"), ["一、甲", "二、乙", "二、丙", "三、丁"]);
    }

    #[test]
    fn lines_cut_by_pages_are_joined() {
        for (name, text, expected) in [
            (
                "a sentence",
                "一、工作部署。对全区进行部署，\n提出具体内容；\n二、组织检查。",
                &["一、工作部署。对全区进行部署，提出具体内容；", "二、组织检查。"][..],
            ),
            ("a date", "按照《办法》(2003\n年2月 令第16号)处理。", &["- 按照《办法》(2003年2月 令第16号)处理。"]),
            ("a title", "按照《山东省劳动\n力市场管理条例》处理。", &["- 按照《山东省劳动力市场管理条例》处理。"]),
            (
                "before an ordinal that is none",
                "一、按照《办法》，依第\n（三）项处理。\n二、复查。",
                &["一、按照《办法》，依第（三）项处理。", "二、复查。"],
            ),
            (
                "before the first punctuation",
                "（一）制定方案；\n（二）确定检\n查人员；\n（三）实施检查。",
                &["（一）制定方案；", "（二）确定检查人员；", "（三）实施检查。"],
            ),
            (
                "not a heading",
                "一、检查对象\n区属企业。\n二、检查内容\n工资。",
                &["一、检查对象", " - 区属企业。", "二、检查内容", " - 工资。"],
            ),
        ] {
            assert_eq!(outline(text), expected, "{name}");
        }
    }

    #[test]
    fn headings_nest_by_their_levels() {
        let text = "## 甲制度\n### 检查对象\n区属企业。\n### 检查内容\n1. 工资；\n2. 工时。\n## 乙制度\n为规范，制定。";
        assert_eq!(
            outline(text),
            [
                "甲制度",
                " 检查对象",
                "  - 区属企业。",
                " 检查内容",
                "  1.工资；",
                "  2.工时。",
                "乙制度",
                " - 为规范，制定。"
            ]
        );
    }
}
