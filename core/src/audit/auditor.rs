//! The audit of a whole document.

use std::collections::HashMap;

use super::check::{Law, Quoted, check};
use super::citing::{Citing, CitingText, Ground, citing, place};
use super::quoting::{Role, roles};
use super::report::{Audit, Checked, CheckedCitation};
use crate::citation::resolve::{Reference, Resolver};
use crate::citation::{Context, Mention, MentionKind, NameIndex, ProvisionPath, find_mentions_in};
use crate::document::DocumentHeader;
use crate::unit::Unit;

/// Looks up every citation of a document and compares what it quotes with the law of today.
///
/// # Errors
///
/// If the statutes cannot be read.
pub fn audit<T: Law>(resolver: &Resolver<'_, T>, header: &DocumentHeader, units: &[Unit]) -> Result<Audit, T::Error> {
    let mut auditor = Auditor { resolver, as_of: header.date.as_deref(), known: HashMap::new() };
    let mut citations = Vec::new();
    for citing in citing(units) {
        match citing {
            Citing::Ground(ground) => citations.push(auditor.ground(&ground)?),
            Citing::Text(text) => auditor.text(&text, &mut citations)?,
        }
    }
    Ok(Audit { document: header.id.clone(), title: header.title.clone(), day: resolver.today.to_owned(), citations })
}

struct Auditor<'a, T> {
    resolver: &'a Resolver<'a, T>,
    /// When the document was written.
    as_of: Option<&'a str>,
    /// Lists repeat themselves: what is found about the same citation of the same words.
    known: HashMap<Question, Checked>,
}

/// All that the answer depends on.
#[derive(PartialEq, Eq, Hash)]
struct Question {
    statute: Option<String>,
    number: Option<String>,
    promulgation: Option<String>,
    provisions: Vec<ProvisionPath>,
    quoted: Vec<String>,
    word_by_word: bool,
}

impl Question {
    fn of(reference: &Reference<'_>, quoted: Quoted<'_>) -> Question {
        Question {
            statute: reference.statute.map(str::to_owned),
            number: reference.number.map(str::to_owned),
            promulgation: reference.promulgation.map(|promulgation| promulgation.raw.clone()),
            provisions: reference.provisions.to_vec(),
            quoted: quoted.words().iter().map(|&words| words.to_owned()).collect(),
            word_by_word: matches!(quoted, Quoted::Words(_)),
        }
    }
}

impl<T: Law> Auditor<'_, T> {
    fn check(&mut self, reference: &Reference<'_>, quoted: Quoted<'_>) -> Result<Checked, T::Error> {
        let question = Question::of(reference, quoted);
        if let Some(known) = self.known.get(&question) {
            return Ok(known.clone());
        }
        let checked = check(self.resolver, reference, self.as_of, quoted)?;
        self.known.insert(question, checked.clone());
        Ok(checked)
    }

    fn ground(&mut self, ground: &Ground<'_>) -> Result<CheckedCitation, T::Error> {
        let text = &ground.unit.passage.text;
        let provisions: Vec<ProvisionPath> = ground.path.into_iter().collect();
        let reference = Reference {
            statute: Some(ground.statute),
            promulgation: ground.promulgation,
            number: None,
            provisions: &provisions,
        };
        let circumstances: Vec<&str> = ground.circumstances.iter().map(|span| span.slice(text)).collect();
        let quoted = if circumstances.is_empty() { Quoted::Nothing } else { Quoted::Circumstances(&circumstances) };
        let label = ground.words.slice(text);
        Ok(CheckedCitation {
            unit: ground.unit.id.clone(),
            heading: ground.heading.clone(),
            place: place(ground.unit, ground.words.start as usize),
            words: if ground.path.is_some() { format!("《{}》{label}", ground.statute) } else { label.to_owned() },
            statute: Some(ground.statute.to_owned()),
            checked: self.check(&reference, quoted)?,
            provisions,
        })
    }

    fn text(&mut self, citing: &CitingText<'_>, citations: &mut Vec<CheckedCitation>) -> Result<(), T::Error> {
        let mentions = find_mentions_in(citing.text, &NameIndex::empty(), &Context::default());
        for (mention, role) in mentions.iter().zip(roles(citing.text, &mentions)) {
            let Role::Cites(quotation) = role else { continue };
            if !says_what(mention) {
                continue;
            }
            let provisions: Vec<ProvisionPath> = mention.provisions.iter().map(|provision| provision.path).collect();
            let reference = Reference {
                statute: mention.statute.as_deref(),
                promulgation: mention.promulgation.as_ref(),
                number: mention.number.as_deref(),
                provisions: &provisions,
            };
            let quoted = quotation.map_or(Quoted::Nothing, |span| Quoted::Words(span.slice(citing.text)));
            let checked = self.check(&reference, quoted)?;
            citations.push(CheckedCitation {
                unit: citing.unit.id.clone(),
                heading: citing.heading.clone(),
                place: citing.place(mention.span.start as usize),
                words: mention.text(citing.text).to_owned(),
                statute: mention.statute.clone(),
                provisions,
                checked,
            });
        }
        Ok(())
    }
}

/// Whether a mention tells by itself or by what stands before it what is cited: 本办法 in a list's own words does not.
fn says_what(mention: &Mention) -> bool {
    match mention.kind {
        MentionKind::Relative | MentionKind::SelfReference => false,
        MentionKind::Carried => mention.statute.is_some() && !mention.provisions.is_empty(),
        MentionKind::Named | MentionKind::Bare | MentionKind::Number => {
            mention.statute.is_some() || mention.number.is_some()
        }
    }
}
