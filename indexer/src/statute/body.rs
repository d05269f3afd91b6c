//! The body of a statute: divisions, articles, and paragraphs outside articles.

use std::collections::HashSet;

use lawcite_core::citation::ProvisionPath;
use lawcite_core::document::Warning;
use lawcite_core::statute::{Entry, scan_item};
use lawcite_core::text::{CharClass, scan_numeral};
use lawcite_core::unit::Passage;

use super::front::Front;
use super::label::{Label, is_reference, scan_label};
use super::line::Line;

/// The entries of a statute, and what was odd.
pub(super) fn read_body(front: &Front, lines: &[Line]) -> (Vec<Entry>, Vec<Warning>) {
    let labels = lines.iter().filter_map(set_off).filter(|label| label.path.suffix.is_none());
    let mut body = Body {
        labelled: labels.map(|label| label.path.article).collect(),
        entries: Vec::new(),
        warnings: Vec::new(),
        divisions: Vec::new(),
        place: Place::Outside,
        is_in_contents: false,
        last: 0,
        seen: HashSet::new(),
    };
    if let Some(part) = &front.part {
        body.divisions.push(Division::new(Some(0), 1, part.clone()));
    }
    for passage in &front.rest {
        body.add_text(passage.clone(), false);
    }
    for (at, line) in lines.iter().enumerate() {
        body.add(line, lines.get(at + 1));
    }
    body.finish()
}

/// 目录.
pub(super) fn is_contents(line: &str) -> bool {
    let letters: String = line.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).take(3).collect();
    matches!(letters.as_str(), "目录" | "目次")
}

/// The rank of the division that a line which is not marked as a heading names: 第三章 法律责任.
pub(super) fn scan_division(line: &str) -> Option<(u8, usize)> {
    let (rank, end) = scan_rank(line)?;
    let rest = &line[end..];
    let is_title = line.chars().count() <= 40 && !line.contains(['。', '，', '；', '：', '、']);
    (is_title && (rest.is_empty() || rest.starts_with(|c| CharClass::of(c) == CharClass::Blank))).then_some((rank, end))
}

/// 第三章: how far up it stands, and where its number ends.
fn scan_rank(line: &str) -> Option<(u8, usize)> {
    const RANKS: &[(&str, u8)] =
        &[("编", 1), ("篇", 1), ("部分", 1), ("分编", 2), ("分篇", 2), ("章", 3), ("节", 4), ("目", 5)];
    let rest = line.strip_prefix('第')?.trim_start();
    let numeral = scan_numeral(rest)?;
    let rest = rest[numeral.len..].trim_start();
    let (word, rank) = RANKS.iter().find(|(word, _)| rest.starts_with(word))?;
    Some((*rank, line.len() - rest.len() + word.len()))
}

struct Body {
    /// The numbers of the articles whose labels begin a line.
    labelled: HashSet<u16>,
    entries: Vec<Entry>,
    warnings: Vec<Warning>,
    /// The headings above, outermost first.
    divisions: Vec<Division>,
    place: Place,
    /// Whether 目录 was read and no article yet.
    is_in_contents: bool,
    /// The number of the article read last, 0 before the first.
    last: u16,
    seen: HashSet<ProvisionPath>,
}

#[derive(Clone, Debug)]
struct Division {
    /// From 编 down; `None` for a heading that says nothing of the kind.
    rank: Option<u8>,
    /// The level of the heading.
    level: u8,
    label: Passage,
    /// Whether an entry stands below it.
    is_used: bool,
}

impl Division {
    fn new(rank: Option<u8>, level: u8, label: Passage) -> Division {
        Division { rank, level, label, is_used: false }
    }
}

/// Where the next line of text belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// To no article: each paragraph stands for itself.
    Outside,
    /// To the last entry, which is an article.
    Article,
    /// Right below a heading that may not be complete.
    Heading,
}

impl Body {
    fn add(&mut self, line: &Line, next: Option<&Line>) {
        let text = &line.text.text;
        // Where labels are not set off, a few of them may be missing.
        const FARTHEST: u16 = 3;
        if line.is_row {
            return self.add_text(line.text.clone(), true);
        }
        if let Some(label) = set_off(line) {
            return self.begin_article(&line.text, label);
        }
        if let Some(level) = line.level {
            let rank = scan_rank(text).map(|(rank, _)| rank);
            return self.begin_division(Division::new(rank, level, line.text.clone()));
        }
        if is_contents(text) {
            self.is_in_contents = true;
            return;
        }
        if let Some((rank, _)) = scan_division(text) {
            return self.begin_division(Division::new(Some(rank), rank + 1, line.text.clone()));
        }
        if self.completes_heading(text) {
            if let Some(division) = self.divisions.last_mut() {
                let between = if division.label.text.ends_with('、') { "" } else { " " };
                division.label.append(between, &line.text);
            }
            return;
        }
        if let Some(label) = self.missing_label(text, self.last, FARTHEST) {
            self.warn(line.text.line(), format!("{} is not set off from its words", label.path));
            return self.begin_article(&line.text, label);
        }
        if self.is_unmarked_heading(text, next) {
            return self.begin_division(Division::new(None, 6, line.text.clone()));
        }
        if self.last > 0 && is_annex(text) {
            self.drop_divisions(0);
            self.push(None, line.text.clone());
            let annex = Division { is_used: true, ..Division::new(Some(0), 1, line.text.clone()) };
            return self.begin_division(annex);
        }
        self.add_text(line.text.clone(), false);
    }

    fn begin_division(&mut self, division: Division) {
        let is_above = |above: &Division| match (above.rank, division.rank) {
            (Some(above), Some(below)) => above < below,
            _ => above.level < division.level,
        };
        let kept = self.divisions.iter().take_while(|above| is_above(above)).count();
        self.drop_divisions(kept);
        self.divisions.push(division);
        self.place = Place::Heading;
    }

    /// Leaves the divisions but the first `kept`. A heading with nothing below it becomes a paragraph, or it would be lost; not
    /// so in a table of contents.
    fn drop_divisions(&mut self, kept: usize) {
        let left = self.divisions.split_off(kept);
        if self.is_in_contents {
            return;
        }
        for division in left.into_iter().filter(|division| !division.is_used) {
            self.push(None, division.label);
        }
    }

    /// Whether a line is the title of a division whose number stands on the line above.
    fn completes_heading(&self, text: &str) -> bool {
        let open = self.divisions.last().filter(|division| self.place == Place::Heading && !division.is_used);
        let Some(division) = open else { return false };
        let label = &division.label.text;
        let has_title = scan_rank(label).is_none_or(|(_, end)| end < label.len());
        looks_like_heading(text) && (!has_title || label.ends_with('、'))
    }

    /// Whether a line is a heading that nothing marks: a few words, no sentence, right before an article.
    fn is_unmarked_heading(&self, text: &str, next: Option<&Line>) -> bool {
        let before = match self.place {
            Place::Heading => return false,
            Place::Article => self.entries.last().is_some_and(|entry| entry.text.text.ends_with('。')),
            Place::Outside => self.last > 0,
        };
        before && looks_like_heading(text) && next.is_some_and(|next| set_off(next).is_some())
    }

    /// The articles whose labels stand inside a line (`…。 第二条 …`) and are missing otherwise, with their places.
    fn articles_inside(&self, text: &str) -> Vec<(usize, Label)> {
        let mut found = Vec::new();
        let mut last = self.last;
        if self.place != Place::Article {
            return found;
        }
        for (stop, c) in text.match_indices('。') {
            if self.labelled.contains(&last.saturating_add(1)) {
                break;
            }
            let rest = text[stop + c.len()..].trim_start_matches(|c| CharClass::of(c) == CharClass::Blank);
            if let Some(label) = self.missing_label(rest, last, 1) {
                last = label.path.article;
                found.push((text.len() - rest.len(), label));
            }
        }
        found
    }

    /// The label that `text` begins with, even one that is not set off, if an article of its number is missing otherwise and
    /// it is one of the `reach` numbers after `last`.
    fn missing_label(&self, text: &str, last: u16, reach: u16) -> Option<Label> {
        let label = scan_label(text).filter(|label| label.path.suffix.is_none())?;
        let number = label.path.article;
        let is_near = number > last && number - last <= reach;
        let is_missing = !self.labelled.contains(&number);
        (is_near && is_missing && (label.is_set_off || !is_reference(&text[label.end..]))).then_some(label)
    }

    fn begin_article(&mut self, line: &Passage, label: Label) {
        self.open_article(line.line(), label);
        self.add_text(line.from(label.end), false);
    }

    fn open_article(&mut self, line: u32, label: Label) {
        let number = label.path.article;
        if !self.seen.insert(label.path) {
            self.warn(line, format!("{} stands here once more", label.path));
        } else if self.last > 0 && number > self.last.saturating_add(1) {
            let last = ProvisionPath::article(self.last);
            self.warn(line, format!("{last} is followed by {}", label.path));
        }
        self.last = number;
        self.place = Place::Article;
        self.is_in_contents = false;
        self.push(Some(label.path), Passage::default());
    }

    fn push(&mut self, path: Option<ProvisionPath>, text: Passage) {
        let above = |division: &mut Division| {
            division.is_used = true;
            division.label.text.clone()
        };
        let divisions = self.divisions.iter_mut().map(above).collect();
        self.entries.push(Entry { path, divisions, text, external_id: None });
    }

    fn add_text(&mut self, text: Passage, is_row: bool) {
        let inside = self.articles_inside(&text.text);
        let Some(&(first, _)) = inside.first() else { return self.append(text, is_row) };
        self.append(text.to(first).trimmed(), is_row);
        let ends = inside.iter().skip(1).map(|&(start, _)| start).chain([text.text.len()]);
        for (&(start, label), end) in inside.iter().zip(ends) {
            let words = text.slice((start..end).into());
            self.warn(words.line(), format!("{} stands inside a line", label.path));
            self.open_article(words.line(), label);
            self.append(words.from(label.end).trimmed(), false);
        }
    }

    fn append(&mut self, text: Passage, is_row: bool) {
        if text.is_empty() {
            return;
        }
        let goes_on = |entry: &Entry| match self.place {
            Place::Article => true,
            Place::Outside => entry.path.is_none() && continues(&entry.text.text, &text.text, is_row),
            Place::Heading => false,
        };
        match self.entries.last_mut().filter(|entry| goes_on(entry)) {
            Some(entry) => {
                let before = entry.text.text.rsplit('\n').next().unwrap_or_default();
                let is_rest = before.is_empty() || !is_row && is_cut(before, &text.text);
                entry.text.append(if is_rest { "" } else { "\n" }, &text);
            }
            None => {
                self.push(None, text);
                self.place = Place::Outside;
            }
        }
    }

    fn warn(&mut self, line: u32, message: String) {
        self.warnings.push(Warning { line, message });
    }

    fn finish(mut self) -> (Vec<Entry>, Vec<Warning>) {
        self.drop_divisions(0);
        (self.entries, self.warnings)
    }
}

/// The label of the article that a line begins.
fn set_off(line: &Line) -> Option<Label> {
    scan_label(&line.text.text).filter(|label| label.is_set_off && !line.is_row)
}

/// Whether a paragraph outside articles goes on with `text`: the items that it announces, the rest of a cut line.
fn continues(paragraph: &str, text: &str, is_row: bool) -> bool {
    let last = paragraph.rsplit('\n').next().unwrap_or(paragraph);
    let announces = last.ends_with(['：', ':', '；', ';']) && scan_item(text).is_some();
    !is_row && (announces || is_cut(last, text))
}

/// Whether a page or a column ended in the middle of `before`, and `text` is its rest.
fn is_cut(before: &str, text: &str) -> bool {
    const SHORTEST_FULL_LINE: usize = 20;
    let unfinished = before.ends_with(|c| is_han(c) || matches!(c, '，' | '、'));
    unfinished
        && text.starts_with(is_han)
        && before.chars().nth(SHORTEST_FULL_LINE - 1).is_some()
        && !begins_entry(text)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a line begins something of its own: 一、
fn begins_entry(text: &str) -> bool {
    is_annex(text) || scan_numeral(text).is_some_and(|numeral| text[numeral.len..].starts_with(['、', '.', '．']))
}

fn looks_like_heading(text: &str) -> bool {
    text.chars().count() <= 30
        && text.ends_with(|c| CharClass::of(c) == CharClass::Letter || c == '）')
        && !text.contains(['。', '，', '；', '：', '＝', '='])
}

/// 附件1, 附：, 附录 and the like, alone or with a title.
fn is_annex(text: &str) -> bool {
    const WORDS: &[&str] = &["附件", "附录", "附表", "附图", "附："];
    let is_title = text.chars().count() <= 40 && !text.contains(['。', '，', '；']);
    is_title && (WORDS.iter().any(|word| text.starts_with(word)) || text == "附" || text == "附:")
}
