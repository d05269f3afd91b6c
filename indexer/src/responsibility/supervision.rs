//! 事中事后监管制度: chapters, sections, items.

use lawcite_core::responsibility::{Chapter, ListItem, Node, Section};
use lawcite_core::text::Span;
use lawcite_core::unit::Passage;

use super::join;
use super::marker::circled;
use super::outline::Entry;

/// The chapters of a document. `count` chapters come before these.
pub(super) fn read_chapters(document: &str, count: usize, entries: Vec<Entry>) -> Vec<Chapter> {
    entries
        .into_iter()
        .zip(count + 1..)
        .map(|(entry, n)| chapter(format!("{document}/supervision/{n}"), entry))
        .collect()
}

fn chapter(id: String, entry: Entry) -> Chapter {
    let has_sections = entry.entries.iter().any(|entry| join::is_title(&entry.text.text) || !entry.entries.is_empty());
    let (mut sections, mut items) = (Vec::new(), Vec::new());
    if has_sections {
        sections = numbered(entry.entries).map(|(n, entry)| section(format!("{id}/section/{n}"), entry)).collect();
    } else {
        items = list(&id, entry.entries);
    }
    Chapter { no: entry.number, title: entry.text, paras: nodes(&id, entry.paras), items, sections, id }
}

fn section(id: String, entry: Entry) -> Section {
    Section { heading: entry.text, paras: nodes(&id, entry.paras), items: list(&id, entry.entries), id }
}

fn list(parent: &str, entries: Vec<Entry>) -> Vec<ListItem> {
    numbered(entries).map(|(n, entry)| item(format!("{parent}/item/{n}"), entry)).collect()
}

fn item(id: String, entry: Entry) -> ListItem {
    let (text, mut items) = part_circled(&id, entry.text);
    let inline = items.len();
    items.extend(numbered(entry.entries).map(|(n, entry)| item(format!("{id}/item/{}", inline + n), entry)));
    ListItem { ordinal: entry.ordinal.text, text, paras: nodes(&id, entry.paras), items, id }
}

fn numbered(entries: Vec<Entry>) -> impl Iterator<Item = (usize, Entry)> {
    entries.into_iter().enumerate().map(|(index, entry)| (index + 1, entry))
}

fn nodes(parent: &str, texts: Vec<Passage>) -> Vec<Node> {
    let node = |(text, n)| Node { id: format!("{parent}/para/{n}"), text };
    texts.into_iter().zip(1..).map(node).collect()
}

/// The items inside a sentence: 提供以下材料：①章程；②名单。
fn part_circled(id: &str, text: Passage) -> (Passage, Vec<ListItem>) {
    let mut starts = Vec::new();
    for (at, c) in text.text.char_indices() {
        if circled(c) == Some(u32::try_from(starts.len()).unwrap_or(0) + 1) {
            starts.push((at, c));
        }
    }
    // One alone may refer to something.
    if starts.len() < 2 {
        return (text, Vec::new());
    }
    let ends = starts.iter().skip(1).map(|&(at, _)| at).chain([text.text.len()]);
    let items = starts.iter().zip(ends).zip(1..).map(|((&(at, c), end), n)| ListItem {
        id: format!("{id}/item/{n}"),
        ordinal: c.to_string(),
        text: text.slice(Span::new(at + c.len_utf8(), end)).trimmed(),
        paras: Vec::new(),
        items: Vec::new(),
    });
    let items = items.collect();
    (text.to(starts[0].0).trimmed(), items)
}
