//! What a unit names of the law, as tokens: `社会保险法`, `社会保险法#92`.

use std::collections::BTreeSet;

use crate::citation::{MentionKind, NameIndex, ProvisionPath, find_mentions};
use crate::unit::{Detail, Unit};

/// The statutes and articles that a unit belongs to or cites in its own words.
///
/// Only what the unit itself says: a name without 《》 is known from other documents and is not looked for here.
pub(super) fn cites(unit: &Unit) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    let mut add = |statute: &str, paths: &mut dyn Iterator<Item = ProvisionPath>| {
        tokens.insert(statute.to_owned());
        tokens.extend(paths.map(|path| format!("{statute}#{}", path.article_key())));
    };
    match &unit.detail {
        Detail::Citation { statute, .. } | Detail::StatuteParagraph { statute, .. } => {
            add(statute, &mut std::iter::empty());
        }
        Detail::Provision { statute, path, .. } | Detail::Article { statute, path, .. } => {
            add(statute, &mut std::iter::once(*path));
        }
        _ => {}
    }
    for mention in find_mentions(&unit.passage.text, &NameIndex::empty()) {
        if let (MentionKind::Named | MentionKind::Carried, Some(statute)) = (mention.kind, &mention.statute) {
            add(statute, &mut mention.provisions.iter().map(|provision| provision.path));
        }
    }
    tokens
}
