//! A statute as units, in the order printed.

use std::collections::HashMap;

use super::tree::{Entry, Statute};
use crate::unit::{Ancestor, Detail, Kind, Unit};

impl Statute {
    /// A unit for each article (`article/92`, `article/120-1`) and for each paragraph outside articles (`para/1`).
    ///
    /// A second article of one number is `article/92~2`. The way to a unit leads over the statute and its chapters.
    pub fn units(&self) -> Vec<Unit> {
        let id = self.id();
        let mut articles: HashMap<String, u32> = HashMap::new();
        let mut paragraphs = 0;
        let mut unit = |entry: &Entry| {
            let (place, detail) = match entry.path {
                Some(path) => {
                    let key = path.article_key();
                    let count = articles.entry(key.clone()).or_default();
                    *count += 1;
                    let place = if *count == 1 { format!("article/{key}") } else { format!("article/{key}~{count}") };
                    let (statute, external_id) = (self.name.clone(), entry.external_id.clone());
                    (place, Detail::Article { statute, path, external_id })
                }
                None => {
                    paragraphs += 1;
                    let (statute, external_id) = (self.name.clone(), entry.external_id.clone());
                    (format!("para/{paragraphs}"), Detail::StatuteParagraph { statute, external_id })
                }
            };
            let chapters = entry.divisions.iter().map(|label| Ancestor { id: None, label: label.clone() });
            Unit {
                id: format!("{id}/{place}"),
                kind: Kind::Article,
                passage: entry.text.clone(),
                path: std::iter::once(Ancestor { id: Some(id.clone()), label: self.name.clone() })
                    .chain(chapters)
                    .collect(),
                detail,
            }
        };
        self.entries.iter().map(&mut unit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::ProvisionPath;
    use crate::statute::Version;

    #[test]
    fn articles_and_paragraphs_have_identifiers_of_their_own() {
        let article = |article, suffix| Entry {
            path: Some(ProvisionPath { suffix, ..ProvisionPath::article(article) }),
            divisions: vec!["第一章 总则".to_owned()],
            ..Entry::default()
        };
        let statute = Statute {
            name: "垃圾分类条例".to_owned(),
            version: Version::Dated("2020-01-02".to_owned()),
            entries: vec![Entry::default(), article(1, None), article(1, Some(1)), article(1, None), Entry::default()],
            ..Statute::default()
        };
        let units = statute.units();
        let ids: Vec<&str> = units.iter().filter_map(|unit| unit.id.strip_prefix("垃圾分类条例@2020-01-02/")).collect();
        assert_eq!(ids, ["para/1", "article/1", "article/1-1", "article/1~2", "para/2"]);
        let path: Vec<_> = units[1].path.iter().map(|step| (step.id.as_deref(), step.label.as_str())).collect();
        assert_eq!(path, [(Some("垃圾分类条例@2020-01-02"), "垃圾分类条例"), (None, "第一章 总则")]);
    }
}
