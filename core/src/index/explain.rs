//! How a score came about.

use super::engine::Account;
use super::ranking::Around;
use super::search::Hit;
use crate::unit::Detail;

/// One part of a score. The parts of a hit add up to its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What kind of evidence it is.
    pub signal: String,
    /// Where it was found.
    pub field: String,
    /// What was found.
    pub term: String,
    /// What it adds, or takes away.
    pub value: f32,
    /// In an officer's words.
    pub why: String,
}

impl Part {
    /// What a word of the query adds. `signal` is `exact words`, `concept` or `letters`; `field` is `text`, `statute` or `titles`.
    pub(super) fn of_word(signal: &str, field: &str, term: &str, value: f32) -> Part {
        let why = match (signal, field) {
            ("exact words", _) => format!("引号中的“{term}”原文出现"),
            ("concept", "statute") => format!("法规名称说到“{term}”"),
            ("concept", "titles") => format!("“{term}”见于上级标题"),
            ("concept", _) => format!("正文说到“{term}”"),
            _ => format!("正文中有“{term}”"),
        };
        Part { signal: signal.to_owned(), field: field.to_owned(), term: term.to_owned(), value, why }
    }
}

/// The parts of a hit's score, the greatest first: its words, what they are multiplied by, and what stands around it.
pub(super) fn parts(account: Account, hit: &Hit) -> Vec<Part> {
    let Account { words, standing } = account;
    let mut parts = words;
    let sum: f32 = parts.iter().map(|part| part.value).sum();
    let mut add = |signal: &str, field: &str, term: String, value: f32, why: String| {
        if value != 0.0 {
            parts.push(Part { signal: signal.to_owned(), field: field.to_owned(), term, value, why });
        }
    };
    let covered = sum * standing.coverage;
    let percent = format!("{:.0} %", 100.0 * standing.share);
    let why = format!("问题中的要点，本条具备 {percent}");
    add("coverage", "adjustment", percent, covered - sum, why);
    let weighted = covered * standing.kind;
    let kind = hit.unit.kind;
    let why = format!("“{}”这类条目与所问的契合程度", kind.label());
    add("kind", "adjustment", kind.name().to_owned(), weighted - covered, why);
    match standing.around {
        Some(Around { chapter, statute, authority }) => {
            let of = |at: usize| hit.unit.path.get(at).map(|step| step.label.clone()).unwrap_or_default();
            let (name, place, whose) = match &hit.unit.detail {
                Detail::Provision { statute, .. } => (statute.clone(), statute.clone(), "所引法条"),
                _ => (of(0), of(hit.unit.path.len().max(1) - 1), "本条"),
            };
            add("chapter", "surroundings", place, chapter, format!("{whose}所在章节整体上与所问的契合程度"));
            add("statute", "surroundings", name.clone(), statute, format!("《{name}》整体上与所问的契合程度"));
            add("authority", "surroundings", name.clone(), authority, format!("其他法规提及《{name}》的多少"));
        }
        // What is left is what list units get in place of surroundings.
        None => {
            let why = "清单条目没有所在法规的分值，按所得法条的平均值计".to_owned();
            add("surroundings", "adjustment", String::new(), hit.score - weighted, why);
        }
    }
    // What is in every second unit is worth nothing, and need not be told.
    parts.retain(|part| part.value.abs() >= 5e-4);
    parts.sort_by(|a, b| b.value.total_cmp(&a.value));
    parts
}
