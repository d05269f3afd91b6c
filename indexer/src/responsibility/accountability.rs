//! 责任追究机制: who holds whom liable, and how.

use lawcite_core::responsibility::{AccountabilitySection, AccountabilitySubsection};
use lawcite_core::text::{CharClass, Span};
use lawcite_core::unit::Passage;

use super::join;
use super::outline::Entry;

/// The sections of a document. `count` sections come before these.
pub(super) fn read_sections(document: &str, count: usize, entries: Vec<Entry>) -> Vec<AccountabilitySection> {
    entries
        .into_iter()
        .zip(count + 1..)
        .map(|(entry, n)| section(format!("{document}/accountability/{n}"), entry))
        .collect()
}

fn section(id: String, entry: Entry) -> AccountabilitySection {
    let mut subs = Subs { id: &id, subs: Vec::new() };
    let mut title = entry.text;
    if !join::is_title(&title.text) {
        // The section is a sentence; what it begins with names it, as far as it does.
        let (heading, body) = headed(&title.text);
        let rest = title.slice(body);
        title = if heading.is_empty() { Passage::default() } else { title.slice(heading) };
        subs.add(None, rest);
    }
    for para in entry.paras {
        subs.add(None, para);
    }
    for entry in entry.entries {
        subs.add_entry(entry);
    }
    let sections = subs.subs;
    AccountabilitySection { id, no: entry.number, title, sections }
}

struct Subs<'s> {
    id: &'s str,
    subs: Vec<AccountabilitySubsection>,
}

impl Subs<'_> {
    fn add(&mut self, ordinal: Option<String>, text: Passage) {
        if text.is_empty() {
            return;
        }
        let (heading, body) = headed(&text.text);
        let id = format!("{}/sub/{}", self.id, self.subs.len() + 1);
        self.subs.push(AccountabilitySubsection { id, ordinal, text, heading, body });
    }

    fn add_entry(&mut self, entry: Entry) {
        let ordinal = Some(entry.ordinal.text).filter(|ordinal| !ordinal.is_empty());
        let mut text = entry.text;
        let mut paras = entry.paras;
        if join::is_title(&text.text) {
            // A heading on a line of its own: the paragraphs under it are its text.
            for para in std::mem::take(&mut paras) {
                text.append("\n", &para);
            }
        }
        for entry in &entry.entries {
            add_lines(&mut text, entry);
        }
        self.add(ordinal, text);
        for para in paras {
            self.add(None, para);
        }
    }
}

/// Lists below a subsection are part of its text, with their numbers.
fn add_lines(text: &mut Passage, entry: &Entry) {
    text.append("\n", &entry.ordinal);
    text.append("", &entry.text);
    for para in &entry.paras {
        text.append("\n", para);
    }
    for entry in &entry.entries {
        add_lines(text, entry);
    }
}

/// The heading that a text begins with, and the rest: 职责分工。行政机关依据…
fn headed(text: &str) -> (Span, Span) {
    const LONGEST_HEADING: usize = 20;
    let end = text.char_indices().take(LONGEST_HEADING + 1).find(|&(_, c)| matches!(c, '。' | '\n' | '：' | ':'));
    let blank = |c: char| CharClass::of(c) == CharClass::Blank;
    match end {
        Some((end, stop)) if join::is_title(&text[..end]) => {
            let body = text.len() - text[end + stop.len_utf8()..].trim_start_matches(blank).len();
            if body < text.len() {
                return (Span::new(0, end), Span::new(body, text.len()));
            }
        }
        _ => {}
    }
    (Span::new(0, 0), Span::new(0, text.len()))
}
