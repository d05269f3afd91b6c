//! What a place is called in a citation. Citations go into Chinese documents, so they are Chinese in every language.

use std::collections::HashMap;

use lawcite_core::document::DocumentHeader;
use lawcite_core::statute::split_statute_id;
use lawcite_core::text::chinese_numeral;
use lawcite_core::unit::{Detail, Unit};

use super::dates::today;

/// Names the places of one document.
pub(super) struct Places {
    /// 《…责任清单》 or 《社会保险法》.
    title: String,
    /// The version of a statute.
    version: Option<String>,
    /// The numbers printed at duties, chapters and services, by identifier.
    printed: HashMap<String, u32>,
}

impl Places {
    /// Of a document with these units.
    pub(super) fn new(header: &DocumentHeader, units: &[Unit]) -> Places {
        let number = |unit: &Unit| match unit.detail {
            Detail::Numbered { no: Some(no) } | Detail::Service { no: Some(no), .. } => Some((unit.id.clone(), no)),
            _ => None,
        };
        let (title, version) = match &header.statute {
            Some(statute) => (&statute.name, statute.version.date().map(str::to_owned)),
            None => (&header.title, None),
        };
        Places { title: format!("《{title}》"), version, printed: units.iter().filter_map(number).collect() }
    }

    /// 《…责任清单》职责4责任事项2, 《社会保险法》第九十二条.
    pub(super) fn name(&self, id: &str) -> String {
        let Some((document, place)) = id.split_once('/') else { return self.title.clone() };
        let mut name = self.title.clone();
        let mut at = document.len();
        let mut segments = place.split('/').peekable();
        while let Some(kind) = segments.next() {
            at += 1 + kind.len();
            let number = segments.next_if(|number| number.starts_with(|c: char| c.is_ascii_digit()));
            at += number.map_or(0, |number| 1 + number.len());
            if let ("article", Some(number)) = (kind, number) {
                name.push_str(&article_label(number));
                continue;
            }
            name.push_str(word(kind));
            match (self.printed.get(&id[..at]), number) {
                (Some(printed), _) => name.push_str(&printed.to_string()),
                (None, Some(number)) => name.push_str(number.split('~').next().unwrap_or(number)),
                (None, None) => {}
            }
        }
        name
    }

    /// How a unit is cited: a ground by the provision and then where it is listed, an article with its version and the day on
    /// which it was read.
    pub(super) fn citation(&self, unit: &Unit) -> String {
        let id = unit.id.as_str();
        let listed = || self.name(id.split_once("/citation/").map_or(id, |(duty, _)| duty));
        match &unit.detail {
            Detail::Provision { statute, label, .. } => {
                format!("《{statute}》{}；见{}", label.slice(&unit.passage.text), listed())
            }
            Detail::Citation { statute, .. } => format!("《{statute}》；见{}", listed()),
            Detail::Cell { heading, .. } => {
                let row = id.match_indices('/').nth(2).map_or(id, |(at, _)| &id[..at]);
                format!("{}“{heading}”", self.name(row))
            }
            Detail::Article { .. } | Detail::StatuteParagraph { .. } => self.dated(id),
            _ => self.name(id),
        }
    }

    /// The name of a statute or a place in it, with the version and the day on which it was read.
    pub(super) fn dated(&self, id: &str) -> String {
        let version = self.version.as_ref().map(|date| format!("{date}文本，")).unwrap_or_default();
        format!("{}（{version}{}检索）", self.name(id), today())
    }
}

/// What a segment of an identifier stands for.
fn word(kind: &str) -> &'static str {
    match kind {
        "part" => "部分",
        "duty" => "职责",
        "item" => "责任事项",
        "citation" => "追责依据",
        "circumstance" => "情形",
        "other" => "其他情形",
        "note" => "注",
        "boundary" => "职责边界",
        "supervision" => "监管制度",
        "section" => "节",
        "service" => "公共服务",
        "accountability" => "责任追究",
        "sub" => "项",
        "row" => "事项",
        "paragraph" => "款",
        _ => "段",
    }
}

/// 第一百二十条之一 for `120-1`.
fn article_label(key: &str) -> String {
    let number = key.split('~').next().unwrap_or(key);
    let (article, suffix) = number.split_once('-').unwrap_or((number, ""));
    let numeral = |digits: &str| digits.parse().map_or_else(|_| digits.to_owned(), chinese_numeral);
    let suffix = if suffix.is_empty() { String::new() } else { format!("之{}", numeral(suffix)) };
    format!("第{}条{suffix}", numeral(article))
}

/// 第九十二条 for an article's identifier, the name for a statute's.
pub(super) fn article(id: &str) -> String {
    let (statute, place) = id.split_once('/').unwrap_or((id, ""));
    match place.strip_prefix("article/") {
        Some(key) => article_label(key),
        None => format!("《{}》", split_statute_id(statute).0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_called_by_the_numbers_printed() {
        let header = DocumentHeader { title: "甲局责任清单".to_owned(), ..DocumentHeader::default() };
        let mut places = Places::new(&header, &[]);
        places.printed.insert("list/duty/4".to_owned(), 7);
        for (id, name) in [
            ("list", "《甲局责任清单》"),
            ("list/duty/3", "《甲局责任清单》职责3"),
            ("list/duty/4/item/2", "《甲局责任清单》职责7责任事项2"),
            ("list/note/1", "《甲局责任清单》注1"),
            ("list/boundary", "《甲局责任清单》职责边界"),
            ("list/duty/4/citation/1/article/120-1", "《甲局责任清单》职责7追责依据1第一百二十条之一"),
            ("list/accountability/6/sub/2", "《甲局责任清单》责任追究6项2"),
        ] {
            assert_eq!(places.name(id), name, "{id}");
        }
        assert_eq!(article("LAW@2018-12-29/article/92~2"), "第九十二条");
        assert_eq!(article("LAW@2018-12-29"), "《LAW》");
    }
}
