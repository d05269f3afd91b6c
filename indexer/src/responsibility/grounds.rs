//! The cell of grounds: which article of which statute makes liable, and in which circumstances.
//!
//! ```text
//! 1. 《劳动法》（1994年7月通过）第一百零三条：滥用职权的。第一百零四条：挪用基金的；构成犯罪的。 2. 依法应追责的其他情形。
//! └ entry: a citation ─────────── label ──── circumstance provision ─────────────────────────── └ entry: other
//! ```

use std::collections::HashSet;

use lawcite_core::citation::{ProvisionPath, find_promulgation, scan_provision, statute_key};
use lawcite_core::responsibility::{Circumstance, Citation, Node, Provision};
use lawcite_core::text::{CharClass, Span};
use lawcite_core::unit::Passage;

use super::marker::{Marker, MarkerKind};

/// What a cell of grounds holds.
#[derive(Debug, Default)]
pub(super) struct Grounds {
    pub(super) citations: Vec<Citation>,
    pub(super) other: Option<Node>,
    /// Ordinals and separators: words that are in none of these on purpose.
    pub(super) left_out: Vec<Passage>,
}

/// Reads the grounds of the duty `duty_id`. What is not understood is in none of the results.
pub(super) fn read_grounds(duty_id: &str, paragraphs: &[Passage]) -> Grounds {
    let mut grounds = Grounds::default();
    let mut numbers = Numbers { kind: None, next: 1 };
    for paragraph in paragraphs {
        for entry in entries(&paragraph.text, &mut numbers) {
            grounds.left_out.push(paragraph.slice(entry.ordinal));
            add_entry(&mut grounds, duty_id, &paragraph.slice(entry.body));
        }
    }
    grounds
}

/// Where an entry's number and its words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    ordinal: Span,
    body: Span,
}

/// How entries are numbered.
struct Numbers {
    /// As the first one is.
    kind: Option<MarkerKind>,
    next: u32,
}

impl Numbers {
    /// Whether the number inside a paragraph is an entry's. Circumstances may be numbered, too: behind their ； only
    /// 1. is taken for an entry.
    fn expect(&self, marker: Marker, before: char) -> bool {
        let is_kind = self.kind.is_none_or(|kind| kind == marker.kind);
        is_kind && marker.number == self.next && (before == '。' || marker.kind == MarkerKind::Arabic)
    }
}

/// The entries of a paragraph.
fn entries(text: &str, numbers: &mut Numbers) -> Vec<Entry> {
    let mut starts: Vec<Span> = Vec::new();
    for (at, before) in possible_starts(text) {
        let is_first = before.is_none();
        if starts.last().is_some_and(|last| at < last.end as usize) {
            continue;
        }
        let rest = &text[at..];
        let marker = Marker::scan(rest).filter(|marker| {
            let words = rest[marker.length..].trim_start();
            before.is_none_or(|before| numbers.expect(*marker, before) && begins_entry(words))
        });
        if let Some(marker) = marker {
            numbers.kind.get_or_insert(marker.kind);
            numbers.next = marker.number + 1;
            starts.push(Span::new(at, at + marker.length));
        } else if is_first || begins_with_cited_provision(rest) {
            starts.push(Span::new(at, at));
        }
    }
    let ends = starts.iter().skip(1).map(|next| next.start as usize).chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&ordinal, end)| Entry { ordinal, body: Span::new(ordinal.end as usize, end) })
        .collect()
}

/// The places where an entry may begin, and what stands before them: nothing, 。, ； or a blank.
fn possible_starts(text: &str) -> impl Iterator<Item = (usize, Option<char>)> + '_ {
    let mut before = None;
    text.char_indices().filter_map(move |(at, c)| {
        let previous = before.replace(c);
        match previous {
            None => Some((at, None)),
            Some(previous) if CharClass::of(c) == CharClass::Blank => {
                // The blank counts as what stands before it, so that 。 and blanks are read as 。.
                before = Some(if matches!(previous, '。' | '；' | ';') { previous } else { c });
                None
            }
            Some(previous) => (matches!(previous, '。' | '；' | ';') || CharClass::of(previous) == CharClass::Blank)
                .then_some((at, Some(previous))),
        }
    })
}

/// What an entry's words begin with, where it is not told by a paragraph.
fn begins_entry(words: &str) -> bool {
    words.starts_with('《') || words.starts_with('〈') || is_other(words)
}

fn is_other(words: &str) -> bool {
    !words.contains('《') && (words.contains("其他") || words.contains("其它"))
}

/// 《劳动法》（1994年7月通过）第一百零三条.
fn begins_with_cited_provision(text: &str) -> bool {
    let Some(name) = title_end(text) else { return false };
    let end = parenthesis(text, name).map_or(name, |parenthesis| parenthesis.end as usize);
    text[end..].trim_start().starts_with('第') && scan_provision(text[end..].trim_start()).is_some()
}

fn add_entry(grounds: &mut Grounds, duty_id: &str, body: &Passage) {
    let text = body.text.as_str();
    if is_other(text) && bare_name(text).is_none() {
        if grounds.other.is_none() {
            grounds.other = Some(Node { id: format!("{duty_id}/other"), text: body.clone().trimmed() });
        }
        return;
    }
    let mut at = 0;
    while let Some(lead) = begins_with_name(&text[at..]) {
        let id = format!("{duty_id}/citation/{}", grounds.citations.len() + 1);
        let (citation, end) = citation(&id, body, at + lead);
        grounds.citations.push(citation);
        // 《A法》、《B法》第三条: the first is cited without an article.
        at = text.len() - text[end..].trim_start_matches(['、', '，', ',', '和', '及', ' ']).len();
        grounds.left_out.push(body.slice(Span::new(end, at)));
    }
}

/// Where the statute's name begins, if `text` cites one at its head: a title, or words that an article follows.
fn begins_with_name(text: &str) -> Option<usize> {
    /// 《 may come behind a few words: 依据, 违反.
    const LONGEST_LEAD: usize = 20;
    let lead = text.char_indices().take(LONGEST_LEAD).find(|&(_, c)| matches!(c, '《' | '。' | '；'));
    match lead {
        Some((at, '《')) if title_end(&text[at..]).is_some() => Some(at),
        _ => bare_name(text).map(|_| 0),
    }
}

/// No statute's name, and no parenthesis behind one, is longer. It bounds how far a missing bracket is looked for.
const LONGEST_NAME: usize = 200;

/// Where a name without 《》 ends: 劳动法第一百零三条.
fn bare_name(text: &str) -> Option<usize> {
    let (article, _) = text.char_indices().take(LONGEST_NAME).find(|&(_, c)| c == '第')?;
    let name = text[..article].trim_end();
    let is_name = ["法", "条例", "规定", "办法", "规则", "细则", "决定"].iter().any(|end| name.ends_with(end))
        && !name.contains(['，', '。', '；', '：', '、', '《']);
    (is_name && scan_provision(&text[article..]).is_some()).then_some(name.len())
}

/// The statute cited at byte `start` of an entry with its provisions, and where they end.
fn citation(id: &str, body: &Passage, start: usize) -> (Citation, usize) {
    let text = body.text.as_str();
    let name = &text[start..];
    let name_end = start + title_end(name).or_else(|| bare_name(name)).unwrap_or(name.len());
    let parenthesis = parenthesis(text, name_end);
    let head_end = parenthesis.map_or(name_end, |parenthesis| parenthesis.end as usize);
    let labels = labels(text, head_end);
    let mut taken = HashSet::new();
    let mut provisions = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let end = labels.get(index + 1).map_or(text.len(), |next| next.span.start as usize);
        let passage = body.slice(Span::new(label.span.start as usize, end)).trimmed();
        provisions.push(provision(provision_id(id, label.path, &mut taken), label, passage));
    }
    let citation = Citation {
        id: id.to_owned(),
        text: body.slice(Span::new(start, head_end)).trimmed(),
        statute: statute_key(&text[start..name_end]),
        promulgation: parenthesis.map(|parenthesis| find_promulgation(parenthesis.slice(text))),
        provisions,
    };
    (citation, if labels.is_empty() { head_end } else { text.len() })
}

/// Where the 《…》 that `text` begins with ends: at the outermost 》.
fn title_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(LONGEST_NAME) {
        match c {
            '《' | '〈' => depth += 1,
            '》' | '〉' => depth = depth.saturating_sub(1),
            '。' => return None,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + c.len_utf8());
        }
    }
    None
}

/// The parenthesis that stands at `at`, or behind blanks there, with its brackets, which may be of either width.
fn parenthesis(text: &str, at: usize) -> Option<Span> {
    let start = text.len() - text[at..].trim_start().len();
    let mut depth = 0_usize;
    for (offset, c) in text[start..].char_indices().take(LONGEST_NAME) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '。' | '；' => return None,
            _ => {}
        }
        if depth == 0 {
            return (offset > 0).then(|| Span::new(start, start + offset + c.len_utf8()));
        }
    }
    None
}

/// An article's label in an entry.
#[derive(Clone, Copy, Debug)]
struct Label {
    path: ProvisionPath,
    span: Span,
}

/// The labels of an entry's provisions. One stands at the head; another stands behind 。 or ； and before ：, or it is a
/// citation inside a circumstance (未按照本规定第八条核定).
fn labels(text: &str, from: usize) -> Vec<Label> {
    let head = text.len() - text[from..].trim_start_matches(['，', ',', '、', '：', ':', ' ', '\u{3000}']).len();
    let Some(first) = label(text, head).filter(|_| text[head..].starts_with('第')) else { return Vec::new() };
    let mut labels = vec![first];
    let mut end = first.span.end as usize;
    for (offset, _) in text[head..].match_indices('第') {
        let start = head + offset;
        if start < end || !text[..start].trim_end().ends_with(['。', '；', ';']) {
            continue;
        }
        let next =
            label(text, start).filter(|label| text[label.span.end as usize..].trim_start().starts_with(['：', ':']));
        if let Some(next) = next {
            end = next.span.end as usize;
            labels.push(next);
        }
    }
    labels
}

/// The label at `start`: 第九十二条, or several with one set of circumstances, 第三条、第五条.
fn label(text: &str, start: usize) -> Option<Label> {
    let (path, length) = scan_provision(&text[start..])?;
    let mut end = start + length;
    loop {
        let rest = &text[end..];
        let next = rest.trim_start_matches(['、', '和', '及', '至', '到', '-', '—', ' ']);
        let gap = rest.len() - next.len();
        match scan_provision(next).filter(|_| gap > 0 && next.starts_with('第')) {
            Some((_, length)) => end += gap + length,
            None => return Some(Label { path, span: Span::new(start, end) }),
        }
    }
}

fn provision(id: String, label: &Label, text: Passage) -> Provision {
    let label_end = label.span.len();
    Provision {
        id,
        path: label.path,
        label: text.text[..label_end].to_owned(),
        circumstances: circumstances(&text.text, label_end),
        text,
    }
}

/// The circumstances behind the label, parted by ； outside brackets.
fn circumstances(text: &str, label_end: usize) -> Vec<Circumstance> {
    let separator = |c: char| matches!(c, '：' | ':' | '，' | ',') || CharClass::of(c) == CharClass::Blank;
    let start = text.len() - text[label_end..].trim_start_matches(separator).len();
    let mut circumstances = Vec::new();
    let mut add = |from: usize, to: usize, is_last: bool| {
        let words = text[from..to].trim();
        let from = from + (text[from..to].len() - text[from..to].trim_start().len());
        let words = if is_last { words.strip_suffix('。').unwrap_or(words) } else { words };
        if !words.is_empty() {
            circumstances.push(Circumstance { text: words.to_owned(), span: Span::new(from, from + words.len()) });
        }
    };
    let (mut from, mut depth) = (start, 0_usize);
    for (offset, c) in text[start..].char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '；' | ';' if depth == 0 => {
                add(from, start + offset, false);
                from = start + offset + c.len_utf8();
            }
            // Where statutes and circumstances have columns of their own, a line break is where they meet.
            '\n' => {
                add(from, start + offset, true);
                from = start + offset + 1;
            }
            _ => {}
        }
    }
    add(from, text.len(), true);
    circumstances
}

/// `article/26`; taken already, `article/26/paragraph/2`; taken that, too, `…~2`.
fn provision_id(citation_id: &str, path: ProvisionPath, taken: &mut HashSet<String>) -> String {
    let mut id = format!("{citation_id}/article/{}", path.article_key());
    if taken.contains(&id) {
        for (name, number) in [("paragraph", path.paragraph), ("item", path.item), ("subitem", path.subitem)] {
            if let Some(number) = number {
                id.push_str(&format!("/{name}/{number}"));
            }
        }
    }
    let mut unique = id.clone();
    let mut times = 1;
    while !taken.insert(unique.clone()) {
        times += 1;
        unique = format!("{id}~{times}");
    }
    unique
}

#[cfg(test)]
mod tests {
    use lawcite_core::unit::Piece;

    use super::*;

    fn passage(text: &str) -> Passage {
        Passage { text: text.to_owned(), pieces: vec![Piece { start: 0, line: 1, offset: 0 }] }
    }

    /// A line for each citation, provision and circumstance.
    fn outline(paragraphs: &[&str]) -> Vec<String> {
        let paragraphs: Vec<Passage> = paragraphs.iter().copied().map(passage).collect();
        let grounds = read_grounds("d", &paragraphs);
        let mut lines = Vec::new();
        for citation in &grounds.citations {
            lines.push(format!("{} {}", citation.statute, citation.text.text));
            for provision in &citation.provisions {
                let words = provision.circumstances.iter().map(|circumstance| {
                    assert_eq!(circumstance.span.slice(&provision.text.text), circumstance.text);
                    circumstance.text.as_str()
                });
                let place = provision.id.trim_start_matches(citation.id.as_str());
                lines.push(format!("  {place} {}: {}", provision.label, words.collect::<Vec<_>>().join(" | ")));
            }
        }
        lines.extend(grounds.other.map(|other| format!("other {}", other.text.text)));
        lines
    }

    #[test]
    fn entries_are_read_from_paragraphs_and_from_flat_text() {
        let expected = [
            "劳动法 《劳动法》（1994年7月通过）",
            "  /article/103 第一百零三条: 滥用职权的",
            "  /article/104 第一百零四条: 挪用基金的 | 构成犯罪的",
            "残疾人就业条例 《残疾人就业条例》(2007年2月 国务院令 第488号)",
            "  /article/25 第二十五条: 徇私舞弊的",
            "other 依法应追责的其他情形。",
        ];
        let parts = [
            "1. 《劳动法》（1994年7月通过）第一百零三条：滥用职权的。第一百零四条：挪用基金的；构成犯罪的。",
            "2. 《残疾人就业条例》(2007年2月 国务院令 第488号)第二十五条:徇私舞弊的。",
            "3. 依法应追责的其他情形。",
        ];
        assert_eq!(outline(&parts), expected, "paragraphs");
        assert_eq!(outline(&[&parts.join(" ")]), expected, "flat");
        assert_eq!(outline(&[&parts.concat()]), expected, "without blanks");
        let unnumbered: Vec<&str> = parts.iter().map(|part| &part[3..]).collect();
        assert_eq!(outline(&unnumbered), expected, "without numbers");
        assert_eq!(outline(&[&unnumbered[..2].concat(), unnumbered[2]]), expected, "flat, without numbers");
    }

    #[test]
    fn a_citation_inside_a_circumstance_is_no_provision() {
        assert_eq!(
            outline(&[
                "《办法》第二十八条：未按照本规定第八条核定的；违反第九条的。第二十九条：擅自更改（含减少；增加）的。"
            ]),
            [
                "办法 《办法》",
                "  /article/28 第二十八条: 未按照本规定第八条核定的 | 违反第九条的",
                "  /article/29 第二十九条: 擅自更改（含减少；增加）的",
            ]
        );
    }

    #[test]
    fn an_article_cited_again_has_an_identifier_of_its_own() {
        assert_eq!(
            outline(&[
                "《甲条例》第二十六条第二款：一的。第二十六条第三款：二的。第二十六条第三款：三的。第一百二十条之一：四的。第二十六条：五的。"
            ]),
            [
                "甲条例 《甲条例》",
                "  /article/26 第二十六条第二款: 一的",
                "  /article/26/paragraph/3 第二十六条第三款: 二的",
                "  /article/26/paragraph/3~2 第二十六条第三款: 三的",
                "  /article/120-1 第一百二十条之一: 四的",
                "  /article/26~2 第二十六条: 五的",
            ]
        );
    }

    #[test]
    fn other_spellings_are_read() {
        for (name, text, expected) in [
            (
                "nested titles",
                "《实施〈中华人民共和国社会保险法〉若干规定》第二十六条：一的。",
                &[
                    "实施〈中华人民共和国社会保险法〉若干规定 《实施〈中华人民共和国社会保险法〉若干规定》",
                    "  /article/26 第二十六条: 一的",
                ][..],
            ),
            (
                "no title marks",
                "劳动法第一百零三条：滥用职权的。",
                &["劳动法 劳动法", "  /article/103 第一百零三条: 滥用职权的"],
            ),
            (
                "several statutes",
                "《甲法》、《乙法》第三条：一的。",
                &["甲法 《甲法》", "乙法 《乙法》", "  /article/3 第三条: 一的"],
            ),
            (
                "several articles",
                "《甲法》第三条、第五条：一的。",
                &["甲法 《甲法》", "  /article/3 第三条、第五条: 一的"],
            ),
            ("no circumstances", "《甲法》第三条。", &["甲法 《甲法》", "  /article/3 第三条: "]),
            ("no colon", "《甲法》第三条 滥用职权的。", &["甲法 《甲法》", "  /article/3 第三条: 滥用职权的"]),
            (
                "numbers in brackets",
                "（一）《甲法》第三条：（一）一的；（二）其他一的。（二）依法应追责的其他情形。",
                &["甲法 《甲法》", "  /article/3 第三条: （一）一的 | （二）其他一的", "other 依法应追责的其他情形。"],
            ),
            ("a lead", "依据《甲法》第三条：一的。", &["甲法 《甲法》", "  /article/3 第三条: 一的"]),
        ] {
            assert_eq!(outline(&[text]), expected, "{name}");
        }
    }
}
