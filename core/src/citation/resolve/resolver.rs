//! The resolver: from a mention to what it means.

use super::catalogue::{Catalogue, CataloguedStatute, CataloguedVersion, Found};
use super::choice::{Choice, Evidence, choose};
use super::quotation::judge;
use super::resolution::{Outcome, Resolution, Status, Successor};
use super::texts::Texts;
use crate::citation::{Mention, MentionKind, Promulgation, ProvisionPath};
use crate::statute::{StatuteFate, Succession, SuccessionTable};

/// So many times a statute is followed to the name that it was given later.
const MOST_RENAMINGS: usize = 4;

/// Looks citations up in the statutes that are there.
#[derive(Clone, Copy, Debug)]
pub struct Resolver<'a, T> {
    /// Which statutes there are.
    pub catalogue: &'a Catalogue,
    /// What became of statutes.
    pub succession: &'a SuccessionTable,
    /// Their words.
    pub texts: &'a T,
    /// The day for which to tell what is in force, as `2025-12-31`.
    pub today: &'a str,
}

/// What is cited, as a mention or a list's tree says it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reference<'a> {
    /// The statute's name.
    pub statute: Option<&'a str>,
    /// What the parenthesis after the name says.
    pub promulgation: Option<&'a Promulgation>,
    /// An order or document number that is cited instead of a name.
    pub number: Option<&'a str>,
    /// The places cited.
    pub provisions: &'a [ProvisionPath],
}

/// What is known about the text that cites.
#[derive(Clone, Copy, Debug, Default)]
pub struct CitingContext<'a> {
    /// When it was written, as precise as known: `2015-07`.
    pub as_of: Option<&'a str>,
    /// The statute that the text belongs to, by its identifier: which one 本法 means, in this very version.
    pub this_statute: Option<&'a str>,
    /// The words that it gives for the articles cited: circumstances, clauses.
    pub quoted: &'a [&'a str],
}

impl<T: Texts> Resolver<'_, T> {
    /// What a mention means.
    ///
    /// # Errors
    ///
    /// If the statute's words cannot be read.
    pub fn resolve(&self, mention: &Mention, context: &CitingContext<'_>) -> Result<Resolution, T::Error> {
        if mention.kind == MentionKind::Relative {
            return Ok(Resolution::nothing(Outcome::Unresolved));
        }
        let provisions: Vec<ProvisionPath> = mention.provisions.iter().map(|provision| provision.path).collect();
        let reference = Reference {
            statute: mention.statute.as_deref(),
            promulgation: mention.promulgation.as_ref(),
            number: mention.number.as_deref(),
            provisions: &provisions,
        };
        let own = context.this_statute.filter(|_| mention.kind == MentionKind::SelfReference);
        match own.and_then(|document| self.catalogue.find_document(document)) {
            Some((statute, version)) => {
                let choice = Choice::of(version);
                let mut resolution = self.look_up(&choice, &provisions, context.quoted)?;
                (resolution.status, resolution.successor) = self.status(statute.name(), Some((statute, &choice)));
                Ok(resolution)
            }
            None => self.resolve_reference(&reference, context),
        }
    }

    /// What a reference means.
    ///
    /// # Errors
    ///
    /// If the statute's words cannot be read.
    pub fn resolve_reference(
        &self,
        reference: &Reference<'_>,
        context: &CitingContext<'_>,
    ) -> Result<Resolution, T::Error> {
        let evidence = Evidence {
            promulgation: reference.promulgation,
            number: reference.number.filter(|_| reference.statute.is_none()),
            renamed: None,
            as_of: context.as_of,
        };
        let (found, name, evidence) = match (reference.statute, reference.number) {
            (Some(name), _) => self.find(name, evidence),
            (None, Some(number)) => (self.catalogue.find_order(number), "", evidence),
            (None, None) => return Ok(Resolution::nothing(Outcome::Unresolved)),
        };
        let (statute, is_alike) = match found {
            Found::Nothing => return Ok(self.unknown(name)),
            Found::Several(statutes) => return self.ambiguous(&statutes, reference.provisions),
            Found::One(statute) => (statute, false),
            Found::Alike(statute) => (statute, true),
        };
        let choice = choose(statute, evidence);
        // A name that is only alike, with dates that the statute never had, is another statute's.
        if is_alike && !choice.is_known {
            return Ok(self.unknown(name));
        }
        let mut resolution = self.look_up(&choice, reference.provisions, context.quoted)?;
        let name = if name.is_empty() { statute.name() } else { name };
        (resolution.status, resolution.successor) = self.status(name, Some((statute, &choice)));
        Ok(resolution)
    }

    /// What a reference means in the law of today: under the statute's present name, in the version that is in force, whatever
    /// version is cited. `cited` is what [`resolve_reference`](Resolver::resolve_reference) found for it.
    ///
    /// # Errors
    ///
    /// If the statute's words cannot be read.
    pub fn resolve_today(
        &self,
        reference: &Reference<'_>,
        quoted: &[&str],
        cited: &Resolution,
    ) -> Result<Resolution, T::Error> {
        if matches!(cited.outcome, Outcome::StatuteUnknown | Outcome::Ambiguous | Outcome::Unresolved) {
            return Ok(cited.clone());
        }
        let renamed = cited.successor.as_ref().filter(|_| cited.status != Status::Repealed);
        let name = renamed.and_then(|successor| successor.name.as_deref()).or(reference.statute);
        let reference = Reference { statute: name, promulgation: None, ..*reference };
        self.resolve_reference(&reference, &CitingContext { as_of: Some(self.today), this_statute: None, quoted })
    }

    /// The statute of a name, the name by which the succession knows it, and the evidence for its version.
    ///
    /// A statute that was replaced is not looked for under a name that is only alike: 企业破产法（试行） is not 企业破产法.
    fn find<'e, 'n>(&'e self, name: &'n str, evidence: Evidence<'e>) -> (Found<'e>, &'n str, Evidence<'e>) {
        let found = self.catalogue.find(name);
        let Some(succession) = self.succession.get(name) else { return (found, name, evidence) };
        if matches!(found, Found::One(_)) {
            return (found, name, evidence);
        }
        if succession.fate != StatuteFate::Renamed {
            return (Found::Nothing, name, evidence);
        }
        let mut next = Some(succession);
        for _ in 0..MOST_RENAMINGS {
            let Some(Succession { successor: Some(successor), .. }) =
                next.filter(|next| next.fate == StatuteFate::Renamed)
            else {
                break;
            };
            if let Found::One(statute) = self.catalogue.find(successor) {
                let evidence = Evidence { renamed: succession.date.as_deref(), ..evidence };
                return (Found::One(statute), name, evidence);
            }
            next = self.succession.get(successor);
        }
        (Found::Nothing, name, evidence)
    }

    fn unknown(&self, name: &str) -> Resolution {
        let (status, successor) = self.status(name, None);
        Resolution { status, successor, ..Resolution::nothing(Outcome::StatuteUnknown) }
    }

    /// The articles cited, or the statutes, of all that could be meant.
    fn ambiguous(&self, statutes: &[&CataloguedStatute], provisions: &[ProvisionPath]) -> Result<Resolution, T::Error> {
        let mut resolution = Resolution::nothing(Outcome::Ambiguous);
        for statute in statutes {
            let found = self.look_up(&Choice::of(statute.newest()), provisions, &[])?;
            resolution.ids.extend(found.ids);
        }
        Ok(resolution)
    }

    /// Looks the articles up in the version chosen and compares what is quoted.
    fn look_up(
        &self,
        choice: &Choice<'_>,
        provisions: &[ProvisionPath],
        quoted: &[&str],
    ) -> Result<Resolution, T::Error> {
        let CataloguedVersion { document, .. } = choice.version;
        let outcome = if choice.is_meant { Outcome::Resolved } else { Outcome::OtherVersion };
        let mut resolution = Resolution::nothing(outcome);
        if provisions.is_empty() {
            resolution.ids.push(document.clone());
            return Ok(resolution);
        }
        let mut cited: Vec<String> = Vec::new();
        for key in provisions.iter().map(ProvisionPath::article_key) {
            // Paragraphs and items of one article are one article.
            if cited.contains(&key) {
                continue;
            }
            if self.texts.has_article(document, &key)? {
                resolution.ids.push(format!("{document}/article/{key}"));
            } else {
                resolution.outcome = Outcome::ArticleAbsent;
            }
            cited.push(key);
        }
        if !quoted.is_empty() {
            resolution.quotation = judge(document, &self.texts.articles(document)?, &cited, quoted);
        }
        Ok(resolution)
    }

    /// Whether the statute cited by that name is in force, and what stands in its place if not.
    fn status(&self, name: &str, found: Option<(&CataloguedStatute, &Choice<'_>)>) -> (Status, Option<Successor>) {
        let is_reached = |day: &str| day <= self.today;
        let newest = found.and_then(|(statute, _)| statute.newest().state());
        // A version that began later than the day on which the table lets it end says that the table means another one.
        let succession = self.succession.get(name).filter(|succession| match &succession.date {
            Some(date) => {
                is_reached(date)
                    && (succession.fate == StatuteFate::Renamed
                        || newest.is_none_or(|newest| newest.begins() < date.as_str()))
            }
            None => true,
        });
        let successor = succession
            .filter(|succession| succession.successor.is_some() || succession.date.is_some())
            .map(|succession| Successor { name: succession.successor.clone(), date: succession.date.clone() });
        let ended = succession.is_some_and(|succession| succession.fate != StatuteFate::Renamed);
        let status = match (found, newest) {
            _ if ended => Status::Repealed,
            (Some((statute, choice)), Some(newest)) => {
                let later = statute.timeline().into_iter().rfind(|state| state.begins() > choice.begins.as_str());
                // A date without its day lies before every day of it.
                let later = later.filter(|later| !later.has(&choice.begins));
                let own = choice.version.state().filter(|_| choice.is_meant);
                if newest.repealed {
                    Status::Repealed
                } else if choice.begins.is_empty() {
                    Status::Unknown
                } else if later.is_some_and(|later| is_reached(later.in_force())) {
                    Status::Amended
                } else if own.is_some_and(|own| !is_reached(own.in_force())) {
                    Status::NotYet
                } else {
                    Status::InForce
                }
            }
            _ => Status::Unknown,
        };
        (status, successor)
    }
}
