//! Several files that hold one version of one statute.

use std::collections::HashSet;

use super::tree::{Entry, Statute};
use crate::text::CharClass;

/// A statute made of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// All of it.
    pub statute: Statute,
    /// Which of those given its entries come from, and the number of the first entry from each, in order.
    pub parts: Vec<(usize, usize)>,
    /// Those that say the same as another one, and which that is. Nothing of them is in the statute.
    pub copies: Vec<(usize, usize)>,
}

/// Two of them say different things under one title and version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two texts of one title and version are different")]
pub struct NotOne {
    /// The one.
    pub first: usize,
    /// The other.
    pub second: usize,
}

/// Makes one statute of several of one identifier: parts of it that have different articles, and copies.
///
/// The parts come in the order of their articles, those of one part stay together.
///
/// # Errors
///
/// If two of them have an article in common and are not copies, or have no articles by which to tell.
///
/// # Panics
///
/// If there are none.
pub fn merge(statutes: Vec<Statute>) -> Result<Merged, NotOne> {
    let mut kept: Vec<(usize, Statute, HashSet<String>)> = Vec::new();
    let mut copies = Vec::new();
    for (number, statute) in statutes.into_iter().enumerate() {
        if let Some((original, ..)) = kept.iter().find(|(_, other, _)| says_the_same(other, &statute)) {
            copies.push((number, *original));
            continue;
        }
        let keys: HashSet<String> =
            statute.entries.iter().filter_map(|entry| Some(entry.path?.article_key())).collect();
        let conflict =
            kept.iter().find(|(.., others)| keys.is_empty() || others.is_empty() || !keys.is_disjoint(others));
        if let Some(&(first, ..)) = conflict {
            return Err(NotOne { first, second: number });
        }
        kept.push((number, statute, keys));
    }
    kept.sort_by_key(|(_, statute, _)| statute.entries.iter().find_map(|entry| entry.path));
    let mut kept = kept.into_iter();
    let (first, mut statute, _) = kept.next().expect("there is a statute to begin with");
    let mut parts = vec![(first, 0)];
    for (number, mut part, _) in kept {
        parts.push((number, statute.entries.len()));
        statute.entries.append(&mut part.entries);
        statute.warnings.append(&mut part.warnings);
        statute.level = statute.level.or(part.level);
        statute.issuer = statute.issuer.or(part.issuer);
        for event in part.history {
            if !statute.history.contains(&event) {
                statute.history.push(event);
            }
        }
    }
    Ok(Merged { statute, parts, copies })
}

/// Whether the words are the same, article by article. Blanks do not count, nor does what is said of the history.
fn says_the_same(a: &Statute, b: &Statute) -> bool {
    let same = |(a, b): (&Entry, &Entry)| a.path == b.path && letters(&a.text.text).eq(letters(&b.text.text));
    a.entries.len() == b.entries.len() && a.entries.iter().zip(&b.entries).all(same)
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|&c| CharClass::of(c) != CharClass::Blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::ProvisionPath;
    use crate::unit::Passage;

    fn statute(articles: &[(u16, &str)]) -> Statute {
        let entry = |&(article, text): &(u16, &str)| Entry {
            path: Some(ProvisionPath::article(article)),
            text: Passage { text: text.to_owned(), pieces: Vec::new() },
            ..Entry::default()
        };
        Statute { entries: articles.iter().map(entry).collect(), ..Statute::default() }
    }

    #[test]
    fn parts_come_in_the_order_of_their_articles() {
        let merged = merge(vec![statute(&[(3, "丙")]), statute(&[(1, "甲"), (2, "乙")])]).expect("they are parts");
        let words: String = merged.statute.entries.iter().map(|entry| entry.text.text.as_str()).collect();
        assert_eq!(words, "甲乙丙");
        assert_eq!(merged.parts, [(1, 0), (0, 2)]);
        assert_eq!(merged.copies, []);
    }

    #[test]
    fn copies_are_left_out_and_others_refused() {
        let merged = merge(vec![statute(&[(1, "甲 乙")]), statute(&[(1, "甲乙")])]).expect("they are copies");
        assert_eq!((merged.statute.entries.len(), merged.copies), (1, vec![(1, 0)]));
        let refused = merge(vec![statute(&[(1, "甲")]), statute(&[(2, "乙")]), statute(&[(1, "丙")])]);
        assert_eq!(refused, Err(NotOne { first: 0, second: 2 }));
        let paragraph = |text: &str| Statute {
            entries: vec![Entry { text: Passage { text: text.to_owned(), pieces: Vec::new() }, ..Entry::default() }],
            ..Statute::default()
        };
        assert_eq!(merge(vec![paragraph("甲"), paragraph("乙")]), Err(NotOne { first: 0, second: 1 }));
    }
}
