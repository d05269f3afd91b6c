//! What is indexed of a unit, whichever engine does.

use xxhash_rust::xxh3::Xxh3;

use crate::text::{CharClass, fold_char};
use crate::unit::{Detail, Kind, Unit};

/// A unit as an engine sees it, beside its text and what it [cites](super::cites::cites).
#[derive(Debug)]
pub(super) struct Entry<'u> {
    /// The statute that a provision, a citation or an article belongs to.
    pub(super) statute: Option<&'u str>,
    /// The number of that article: `92`, `120-1`.
    pub(super) article: Option<String>,
    /// The statute that a provision or an article is of: part of what it is, not of its text.
    pub(super) heading: Option<&'u str>,
    /// The titles above the unit, the document's first.
    pub(super) context: Vec<&'u str>,
    /// Equal for units that are one hit: units of one kind, statute, article and normalised text (its letters alone).
    pub(super) collapse: u64,
}

impl<'u> Entry<'u> {
    /// Of a unit in the document `id` of that title. `labels` are the offices and the power type of a row of a list: a query may
    /// name them beside its subject.
    pub(super) fn of(
        (id, title): (&str, &'u str),
        unit: &'u Unit,
        labels: impl IntoIterator<Item = &'u str>,
    ) -> Entry<'u> {
        let (statute, article) = match &unit.detail {
            Detail::Citation { statute, .. } | Detail::StatuteParagraph { statute, .. } => (Some(statute), None),
            Detail::Provision { statute, path, .. } | Detail::Article { statute, path, .. } => {
                (Some(statute), Some(path.article_key()))
            }
            _ => (None, None),
        };
        let statute = statute.map(String::as_str);
        // The statute that an article stands in is the document itself.
        let above = unit.path.iter().filter(|ancestor| ancestor.id.as_deref() != Some(id));
        let mut context = vec![title];
        context.extend(above.map(|ancestor| ancestor.label.as_str()));
        if unit.kind == Kind::Row {
            context.extend(labels);
        }
        Entry {
            collapse: collapse_key(unit.kind, statute, article.as_deref(), &unit.passage.text),
            heading: statute.filter(|_| matches!(unit.kind, Kind::Provision | Kind::Article)),
            statute,
            article,
            context,
        }
    }
}

fn collapse_key(kind: Kind, statute: Option<&str>, article: Option<&str>, text: &str) -> u64 {
    let blank = |c: &char| CharClass::of(*c) == CharClass::Blank;
    let folded = text.chars().filter(|c| !blank(c)).map(fold_char);
    let mut letters = String::with_capacity(text.len());
    letters.extend(folded.filter(|&c| CharClass::of(c) == CharClass::Letter));
    let mut hasher = Xxh3::new();
    for part in [kind.name(), statute.unwrap_or_default(), article.unwrap_or_default(), &letters] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    hasher.digest()
}
