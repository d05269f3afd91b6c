//! What somebody who types may be about to ask for: names that the index holds.

mod citation; // 社保法92 → 《社会保险法》第九十二条
mod names; // all names by their letters and sounds

use std::collections::HashSet;

use serde::Serialize;

use super::IndexError;
use super::reader::Index;
use crate::lexicon::EntryOrigin;
use crate::text::Folded;
use crate::unit::Kind;

pub(super) use names::Names;

/// A name that begins with, or has, what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What to search for.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// What it stands for: a statute, a duty, an article. A term is nothing but words.
    pub id: Option<String>,
    /// The name by which it was found, in letters or by sound: 社保法, `shbxf`.
    pub matched: String,
}

/// What is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SuggestionKind {
    /// An article of a statute.
    Citation,
    /// A statute.
    Statute,
    /// A word of the law.
    Term,
    /// A duty of a list.
    Duty,
}

impl Index {
    /// The best `limit` names for what was typed: articles where a statute's name is followed by a number; else names that
    /// begin with it before names that have it, letters before sounds.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, IndexError> {
        let mut found = self.suggest_articles(typed, limit);
        found.extend(self.suggestible()?.find(typed, limit - found.len()));
        Ok(found)
    }

    /// The names, gathered when they are first asked for.
    pub(super) fn suggestible(&self) -> Result<&Names, IndexError> {
        self.suggestions.get_or_try_init(|| {
            let mut names = Names::default();
            self.add_statutes(&mut names);
            self.add_terms(&mut names)?;
            self.add_duties(&mut names)?;
            Ok(names.prepared())
        })
    }

    fn add_statutes(&self, names: &mut Names) {
        for (at, name) in self.tables.statutes.iter().enumerate() {
            if self.versions(name).is_empty() {
                continue;
            }
            let nicknames = self.lexicon.statute_names().filter(|(_, full)| full == name).map(|(nickname, _)| nickname);
            let id = Some(name.clone());
            names.add(SuggestionKind::Statute, name, id, self.tables.authority[at], nicknames);
        }
    }

    /// The words for which the lexicon has abbreviations, those that the index has.
    fn add_terms(&self, names: &mut Names) -> Result<(), IndexError> {
        let entries = self.lexicon.entries().filter(|entry| entry.origin == EntryOrigin::Alias);
        let mut terms: Vec<(&str, Vec<&str>)> = Vec::new();
        for entry in entries {
            for term in &entry.alternatives {
                match terms.binary_search_by(|(known, _)| (*known).cmp(term)) {
                    Ok(at) => terms[at].1.push(&entry.term),
                    Err(at) => terms.insert(at, (term, vec![&entry.term])),
                }
            }
        }
        for (term, aliases) in terms {
            let is_statute = self.tables.statutes.binary_search_by(|name| name.as_str().cmp(term)).is_ok();
            if !is_statute && self.engine.has_letters(term)? {
                names.add(SuggestionKind::Term, term, None, 0, aliases.into_iter());
            }
        }
        Ok(())
    }

    fn add_duties(&self, names: &mut Names) -> Result<(), IndexError> {
        let mut titles = HashSet::new();
        let duties = (0..).take(self.tables.units()).filter(|&unit| self.tables.kind(unit) == Kind::Duty);
        for duty in self.engine.read_all(&duties.collect::<Vec<_>>())? {
            let title = duty.passage.text.trim();
            if !title.is_empty() && titles.insert(Folded::new(title).text().to_owned()) {
                names.add(SuggestionKind::Duty, title, Some(duty.id), 0, std::iter::empty());
            }
        }
        Ok(())
    }
}
