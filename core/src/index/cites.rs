//! What a unit names of the law, as tokens: `社会保险法`, `社会保险法#92`.

use std::collections::BTreeSet;

use crate::citation::{Context, MentionKind, NameIndex, ProvisionPath, find_mentions_in};
use crate::responsibility::FieldWords;
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
    if let Detail::Row { fields, .. } = &unit.detail {
        // Each line goes on with the statute of its own cell, not with that of the line above.
        for line in fields.iter().flat_map(|field| &field.lines) {
            if let FieldWords::Own(span) = line.words {
                tokens.extend(cites_in(span.slice(&unit.passage.text), line.carried.as_deref()));
            }
        }
        return tokens;
    }
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
        Detail::Cell { carried, .. } => context.carry = carried.as_deref(),
        _ => {}
    }
    tokens.extend(mentioned(&unit.passage.text, &context));
    tokens
}

/// The statutes and articles that a text cites which goes on with those of `carried`.
pub(super) fn cites_in(text: &str, carried: Option<&str>) -> BTreeSet<String> {
    mentioned(text, &Context { carry: carried, ..Context::default() })
}

fn mentioned(text: &str, context: &Context<'_>) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    for mention in find_mentions_in(text, &NameIndex::empty(), context) {
        let says = matches!(mention.kind, MentionKind::Named | MentionKind::Carried | MentionKind::SelfReference);
        if let Some(statute) = mention.statute.as_ref().filter(|_| says) {
            tokens.insert(statute.clone());
            let paths = mention.provisions.iter().map(|provision| provision.path);
            tokens.extend(paths.map(|path| format!("{statute}#{}", path.article_key())));
        }
    }
    tokens
}
