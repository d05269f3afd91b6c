//! Statutes as JSON, an article a line: `{"id", "law", "article", "text"}`, perhaps with `level`, `chapter`, `version`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use lawcite_core::citation::statute_key;
use lawcite_core::document::Warning;
use lawcite_core::statute::{Entry, Level, Statute, Version, scan_date};
use lawcite_core::unit::{Passage, Piece};
use serde::Deserialize;

use super::label::scan_label;
use super::rank;
use crate::source::SourceText;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(default)]
    id: Option<ExternalId>,
    #[serde(borrow)]
    law: Cow<'a, str>,
    #[serde(borrow, default)]
    version: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    level: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    chapter: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    article: Cow<'a, str>,
    #[serde(borrow)]
    text: Text<'a>,
}

/// `Cow` borrows only where it is the field itself.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
#[serde(untagged)]
enum ExternalId {
    Text(String),
    Number(serde_json::Number),
}

impl Record<'_> {
    fn version(&self) -> Version {
        let date = self.version.as_deref().and_then(scan_date).map(|(date, _)| date);
        date.into()
    }
}

/// Whether a text is such a file: its first line is an object with a law and a text.
pub fn is_jsonl(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.trim_start().starts_with('{') && serde_json::from_str::<Record<'_>>(line).is_ok())
}

/// Which statutes a file holds, in the order of their first articles.
pub fn jsonl_statutes(source: &SourceText) -> Vec<(String, Version)> {
    let mut laws = HashSet::new();
    let mut known = HashSet::new();
    let mut found = Vec::new();
    for (_, _, record) in records(source) {
        let Ok(record) = record else { continue };
        if laws.insert((record.law.clone(), record.version.clone())) {
            let statute = (statute_key(&record.law), record.version());
            if known.insert(statute.clone()) {
                found.push(statute);
            }
        }
    }
    found
}

/// Reads such a file. It never fails: a line that is no such object is left out with a warning.
pub fn parse_jsonl(source: &SourceText) -> Vec<Statute> {
    let mut statutes: Vec<Statute> = Vec::new();
    let mut places: HashMap<(String, Version), usize> = HashMap::new();
    let mut warnings = Vec::new();
    for (number, offset, record) in records(source) {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let message = format!("left out, as it is no object with `law` and `text`: {error}");
                warnings.push(Warning { line: number, message });
                continue;
            }
        };
        let key = (statute_key(&record.law), record.version());
        let place = *places.entry(key).or_insert_with_key(|(name, version)| {
            statutes.push(begin(&record, name.clone(), version.clone(), source));
            statutes.len() - 1
        });
        let statute = &mut statutes[place];
        let (entry, warning) = entry(record, source.text(), number, offset);
        statute.entries.push(entry);
        statute.warnings.extend(warning.map(|message| Warning { line: number, message }));
    }
    for statute in &mut statutes {
        warn_of_repeated(statute);
    }
    if let Some(first) = statutes.first_mut() {
        first.warnings.append(&mut warnings);
    }
    statutes
}

fn records(source: &SourceText) -> impl Iterator<Item = (u32, usize, serde_json::Result<Record<'_>>)> {
    let text = source.text();
    let mut offset = 0;
    (1..).zip(text.split_inclusive('\n')).filter_map(move |(number, line)| {
        let start = offset;
        offset += line.len();
        let bare = line.trim().trim_start_matches('\u{feff}');
        (!bare.is_empty()).then(|| (number, start, serde_json::from_str(bare)))
    })
}

fn begin(record: &Record<'_>, name: String, version: Version, source: &SourceText) -> Statute {
    let title = record.law.trim().to_owned();
    let named = record.level.as_deref().and_then(Level::from_name);
    Statute {
        level: named.or_else(|| rank::level(&title, &[], source.path())),
        issuer: rank::issuer(&title, &[]),
        title,
        name,
        version,
        ..Statute::default()
    }
}

fn entry(record: Record<'_>, source: &str, line: u32, offset: usize) -> (Entry, Option<String>) {
    let label = scan_label(record.article.trim()).filter(|label| label.end == record.article.trim().len());
    let has_number = label.is_some() || record.article.trim().is_empty();
    let warning = (!has_number).then(|| format!("`{}` is no number of an article", record.article));
    // Words that hold no escapes are a stretch of the source itself.
    let place = match &record.text.0 {
        Cow::Borrowed(words) => (words.as_ptr() as usize).wrapping_sub(source.as_ptr() as usize),
        Cow::Owned(_) => offset,
    };
    let text = record.text.0.into_owned();
    let start = scan_label(&text)
        .filter(|own| own.is_set_off && label.is_some_and(|label| label.path == own.path))
        .map_or(0, |own| own.end);
    let pieces = if text.is_empty() {
        Vec::new()
    } else {
        vec![Piece { start: 0, line, offset: u32::try_from(place).unwrap_or(u32::MAX) }]
    };
    let text = Passage { text, pieces }.from(start).trimmed();
    let external_id = record.id.map(|id| match id {
        ExternalId::Text(id) => id,
        ExternalId::Number(id) => id.to_string(),
    });
    let divisions = record.chapter.into_iter().map(|chapter| chapter.trim().to_owned());
    let divisions = divisions.filter(|chapter| !chapter.is_empty()).collect();
    (Entry { path: label.map(|label| label.path), divisions, text, external_id }, warning)
}

fn warn_of_repeated(statute: &mut Statute) {
    let mut seen = HashSet::new();
    for entry in &statute.entries {
        if let Some(path) = entry.path.filter(|path| !seen.insert(*path)) {
            let message = format!("{path} of `{}` stands here once more", statute.name);
            statute.warnings.push(Warning { line: entry.text.line(), message });
        }
    }
    statute.warnings.sort_by_key(|warning| warning.line);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::decode;

    fn source(text: &str) -> SourceText {
        decode(Path::new("corpus.jsonl"), text.as_bytes().to_vec()).expect("text")
    }

    #[test]
    fn every_line_is_an_article() {
        let source = source(concat!(
            r#"{"id": "7", "law": "中华人民共和国垃圾法", "level": "法律", "chapter": "第一章 总则", "article": "第一条", "text": "甲。"}"#,
            "\n\nnothing\n",
            r#"{"id": 8, "law": "垃圾法", "article": "第二条之一", "text": "第二条之一 乙：\n（一）丙。"}"#,
            "\n",
            r#"{"id": 9, "law": "垃圾条例", "version": "2020-01-02", "article": "第二条", "text": "丁。"}"#,
        ));
        assert!(is_jsonl(source.text()));
        let statutes = parse_jsonl(&source);
        let ids: Vec<String> = statutes.iter().map(Statute::id).collect();
        assert_eq!(ids, ["垃圾法@undated", "垃圾条例@2020-01-02"]);
        assert_eq!(statutes[0].level, Some(Level::Law));
        let entries = statutes.iter().flat_map(|statute| &statute.entries);
        let entries: Vec<_> = entries
            .map(|entry| {
                let path = entry.path.map(|path| path.article_key()).unwrap_or_default();
                (path, entry.text.text.as_str(), entry.external_id.as_deref().unwrap_or_default(), entry.text.line())
            })
            .collect();
        let expected = [("1", "甲。", "7", 1), ("2-1", "乙：\n（一）丙。", "8", 4), ("2", "丁。", "9", 5)];
        assert_eq!(entries, expected.map(|(path, text, id, line)| (path.to_owned(), text, id, line)));
        assert_eq!(statutes[0].warnings.len(), 1);
        assert_eq!(statutes[0].warnings[0].line, 3);
        let piece = statutes[0].entries[0].text.pieces[0];
        assert!(source.text()[piece.offset as usize..].starts_with("甲。"));
    }

    #[test]
    fn the_same_number_again_is_kept_with_a_warning() {
        let line = r#"{"law": "垃圾法", "article": "第一条", "text": "甲。"}"#;
        let statutes = parse_jsonl(&source(&format!("{line}\n{line}\n")));
        assert_eq!(statutes[0].entries.len(), 2);
        assert_eq!(statutes[0].warnings[0].message, "第一条 of `垃圾法` stands here once more");
    }
}
