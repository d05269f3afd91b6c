//! Articles of the statute whose name was typed, by the number that follows.

use super::{Suggestion, SuggestionKind};
use crate::citation::{Canonical, ProvisionPath};
use crate::index::reader::Index;
use crate::index::tables::NONE;
use crate::text::{CharClass, Folded, scan_numeral};
use crate::unit::Kind;

impl Index {
    /// 社保法92: article 92, then those whose numbers begin with 92. Nothing where no number follows a name.
    pub(super) fn suggest_articles(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let folded = Folded::new(typed);
        let Some(name) = self.names.find(&folded, &self.analyzer).into_iter().next() else { return Vec::new() };
        let Some(wanted) = number(&folded.text()[name.end..]) else { return Vec::new() };
        let Some((newest, _)) = self.versions(&name.name).last().copied() else { return Vec::new() };
        let mut paths: Vec<ProvisionPath> = self.articles_of(&newest.id);
        paths.retain(|path| wanted.may_become(path.article));
        paths.sort_by_key(|path| (path.article != wanted.number, *path));
        paths.dedup();
        let matched: String =
            folded.text()[name.start..name.end].chars().filter(|&c| CharClass::of(c) == CharClass::Letter).collect();
        let suggestion = |path: ProvisionPath| Suggestion {
            text: Canonical::new(&name.name, vec![path]).to_string(),
            kind: SuggestionKind::Citation,
            id: Some(format!("{}/article/{}", name.name, path.article_key())),
            matched: matched.clone(),
        };
        paths.into_iter().take(limit).map(suggestion).collect()
    }

    /// The numbers of a statute's articles.
    fn articles_of(&self, document: &str) -> Vec<ProvisionPath> {
        let Some(row) = self.tables.document(document) else { return Vec::new() };
        let units = (row.first..row.first + row.units).filter(|&unit| self.tables.kind(unit) == Kind::Article);
        let keys = units.map(|unit| self.tables.article_of[unit as usize]).filter(|&article| article != NONE);
        keys.filter_map(|article| path(&self.tables.articles[article as usize])).collect()
    }
}

/// `92` and `120-1` as identifiers write them.
fn path(key: &str) -> Option<ProvisionPath> {
    let (article, suffix) = match key.split_once('-') {
        Some((article, suffix)) => (article, Some(suffix.parse().ok()?)),
        None => (key, None),
    };
    Some(ProvisionPath { suffix, ..ProvisionPath::article(article.parse().ok()?) })
}

/// The number of an article as far as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    number: u16,
    /// 条 stands behind it: nothing will follow.
    is_complete: bool,
}

impl Wanted {
    fn may_become(self, article: u16) -> bool {
        article == self.number || !self.is_complete && article.to_string().starts_with(&self.number.to_string())
    }
}

/// What stands behind the name of a statute, if it is the beginning of a place: 第九十二条, 92.
fn number(behind: &str) -> Option<Wanted> {
    let digits = behind.strip_prefix('第').unwrap_or(behind);
    let numeral = scan_numeral(digits)?;
    let rest = &digits[numeral.len..];
    let number = u16::try_from(numeral.value).ok().filter(|&number| number > 0)?;
    // 社保法92条怎么说 is a question, not a name that is being typed.
    matches!(rest, "" | "条").then_some(Wanted { number, is_complete: rest == "条" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_far_as_typed() {
        for (behind, expected) in [
            ("92", Some((92, false))),
            ("第92条", Some((92, true))),
            ("第九十二", Some((92, false))),
            ("九十二条", Some((92, true))),
            ("", None),
            ("第", None),
            ("92条怎么处罚", None),
            ("0", None),
            ("99999999", None),
        ] {
            let expected = expected.map(|(number, is_complete)| Wanted { number, is_complete });
            assert_eq!(number(behind), expected, "{behind}");
        }
        let wanted = |behind| number(behind).expect("a number");
        assert!(wanted("9").may_become(92) && !wanted("9条").may_become(92) && !wanted("9").may_become(19));
    }
}
