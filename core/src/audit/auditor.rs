//! The audit of a whole document.

use std::collections::HashMap;

use super::check::{Law, Quoted, check};
use super::citing::{Citing, CitingText, Ground, citing, place};
use super::fault::{Fault, Rule};
use super::quoting::{Role, roles};
use super::report::{Audit, Checked, CheckedCitation, Finding};
use super::rules::{self, Broken};
use crate::citation::resolve::{Outcome, Reference, Resolver, Status};
use crate::citation::{Context, Mention, MentionKind, NameIndex, ProvisionPath, find_mentions_in};
use crate::document::DocumentHeader;
use crate::unit::Unit;

/// Looks up every citation of a document, compares what it quotes with the law of today, and checks how it is written.
///
/// # Errors
///
/// If the statutes cannot be read.
pub fn audit<T: Law>(resolver: &Resolver<'_, T>, header: &DocumentHeader, units: &[Unit]) -> Result<Audit, T::Error> {
    let mut auditor = Auditor {
        resolver,
        as_of: header.date.as_deref(),
        known: HashMap::new(),
        near: HashMap::new(),
        citations: Vec::new(),
        faults: Vec::new(),
    };
    for citing in citing(units) {
        match citing {
            Citing::Ground(ground) => auditor.ground(&ground)?,
            Citing::Text(text) => auditor.text(&text)?,
        }
    }
    Ok(Audit {
        document: header.id.clone(),
        title: header.title.clone(),
        day: resolver.today.to_owned(),
        citations: auditor.citations,
        faults: auditor.faults,
    })
}

struct Auditor<'a, T> {
    resolver: &'a Resolver<'a, T>,
    /// When the document was written.
    as_of: Option<&'a str>,
    /// Lists repeat themselves: what is found about the same citation of the same words.
    known: HashMap<Question, Checked>,
    /// The title that one is nearly, for titles that no statute has.
    near: HashMap<String, Option<String>>,
    citations: Vec<CheckedCitation>,
    faults: Vec<Fault>,
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

    fn ground(&mut self, ground: &Ground<'_>) -> Result<(), T::Error> {
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
        let checked = self.check(&reference, quoted)?;
        self.citations.push(CheckedCitation {
            unit: ground.unit.id.clone(),
            heading: ground.heading.clone(),
            place: place(ground.unit, ground.words.start as usize),
            words: if ground.path.is_some() { format!("《{}》{label}", ground.statute) } else { label.to_owned() },
            statute: Some(ground.statute.to_owned()),
            provisions,
            checked,
        });
        self.last_citation(None)?;
        let heading = ground.heading.clone();
        self.written(&CitingText { unit: ground.unit, heading, text: text.into(), carry: None, cell: None });
        Ok(())
    }

    fn text(&mut self, citing: &CitingText<'_>) -> Result<(), T::Error> {
        let text = citing.text.as_ref();
        let context = Context { carry: citing.carry, ..Context::default() };
        let mentions = find_mentions_in(text, &NameIndex::empty(), &context);
        for (mention, role) in mentions.iter().zip(roles(text, &mentions)) {
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
            let quoted = quotation.map_or(Quoted::Nothing, |span| Quoted::Words(span.slice(text)));
            let checked = self.check(&reference, quoted)?;
            self.citations.push(CheckedCitation {
                unit: citing.unit.id.clone(),
                heading: citing.heading.clone(),
                place: citing.place(mention.span.start as usize),
                words: mention.text(text).to_owned(),
                statute: mention.statute.clone(),
                provisions,
                checked,
            });
            let number = mention.promulgation.as_ref().and_then(|promulgation| promulgation.document_number.as_deref());
            self.last_citation(mention.number.as_deref().or(number))?;
        }
        self.written(citing);
        Ok(())
    }

    /// The faults of the last citation, which names or gives in its parenthesis the document number `number`.
    fn last_citation(&mut self, number: Option<&str>) -> Result<(), T::Error> {
        let Some(citation) = self.citations.last() else { return Ok(()) };
        let mut found: Vec<(Rule, String, Option<String>)> = Vec::new();
        if let Some((rules, instead)) = number.and_then(rules::document_number) {
            let words = number.unwrap_or_default();
            found.extend(rules.into_iter().map(|rule| (rule, words.to_owned(), Some(instead.clone()))));
        }
        let Checked { finding, outcome, status, present, .. } = &citation.checked;
        if let (Outcome::StatuteUnknown, Status::Unknown, Some(statute)) = (outcome, status, &citation.statute) {
            let catalogue = self.resolver.catalogue;
            let near = self.near.entry(statute.clone()).or_insert_with(|| catalogue.nearly(statute).map(str::to_owned));
            found.extend(
                near.as_ref().map(|name| (Rule::NearTitle, format!("《{statute}》"), Some(format!("《{name}》")))),
            );
        }
        for (number, path) in citation.provisions.iter().enumerate() {
            if citation.provisions[..number].contains(path) {
                found.push((Rule::RepeatedProvision, path.to_string(), None));
            }
        }
        // Where the article cited is not the one meant, its parts say nothing.
        let is_meant = matches!(finding, Finding::Unchanged | Finding::Found | Finding::Differs);
        let document = present.as_ref().and_then(|present| present.id.split('/').next()).filter(|_| is_meant);
        for &path in citation.provisions.iter().filter(|path| path.paragraph.is_some() || path.item.is_some()) {
            let Some(document) = document else { break };
            let article = self.resolver.texts.words(&format!("{document}/article/{}", path.article_key()))?;
            let broken = article.and_then(|article| rules::provision(path, &article));
            found.extend(broken.map(|(rule, instead)| (rule, path.to_string(), instead.map(|path| path.to_string()))));
        }
        let fault = |(rule, words, instead)| Fault {
            unit: citation.unit.clone(),
            heading: citation.heading.clone(),
            place: citation.place.clone(),
            rule,
            words,
            instead,
        };
        self.faults.extend(found.into_iter().map(fault));
        Ok(())
    }

    /// What is wrong with the words of a text whatever they cite.
    fn written(&mut self, citing: &CitingText<'_>) {
        self.faults.extend(rules::text(&citing.text).into_iter().map(|Broken { rule, span, instead }| Fault {
            unit: citing.unit.id.clone(),
            heading: citing.heading.clone(),
            place: citing.place(span.start as usize),
            rule,
            words: span.slice(&citing.text).to_owned(),
            instead,
        }));
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
