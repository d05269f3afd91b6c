//! What a unit names of the law, as tokens: `社会保险法`, `社会保险法#92`.

use std::collections::BTreeSet;

use crate::citation::{Context, MentionKind, NameIndex, ProvisionPath, find_mentions_in};
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
    let mut context = Context::default();
    match &unit.detail {
        Detail::Citation { statute, .. } => add(statute, &mut std::iter::empty()),
        Detail::Provision { statute, path, .. } => {
            add(statute, &mut std::iter::once(*path));
            // Its label may name several articles: 第三条、第五条.
            context.carry = Some(statute);
        }
        Detail::Article { statute, path, .. } => {
            add(statute, &mut std::iter::once(*path));
            context.this_statute = Some(statute);
        }
        Detail::StatuteParagraph { statute, .. } => {
            add(statute, &mut std::iter::empty());
            context.this_statute = Some(statute);
        }
        _ => {}
    }
    for mention in find_mentions_in(&unit.passage.text, &NameIndex::empty(), &context) {
        let says = matches!(mention.kind, MentionKind::Named | MentionKind::Carried | MentionKind::SelfReference);
        if let Some(statute) = mention.statute.as_ref().filter(|_| says) {
            add(statute, &mut mention.provisions.iter().map(|provision| provision.path));
        }
    }
    tokens
}
