//! Search over a generation: what its [engine](super::engine) finds, read and marked.

use std::cell::RefCell;
use std::time::Instant;

use super::engine::{Ranked, Scope};
use super::explain::{Part, parts};
use super::facets::Facets;
use super::highlight::{Clause, Highlighter};
use super::reader::Index;
use super::{IndexError, Segment as Mark};
use crate::analyzer::LegalAnalyzer;
use crate::lexicon::Lexicon;
use crate::query::{Interpretation, QueryError, QueryPlan, StatuteName, UnderstandOptions, Vocabulary, understand};
use crate::text::Folded;
use crate::unit::{Detail, Unit};

/// The answer of an index to a plan.
#[derive(Debug, Default)]
pub struct Results {
    /// How many hits there are in all.
    pub total: usize,
    /// Those of the window, best first.
    pub hits: Vec<Hit>,
    /// Units that fall short of the rule of evidence, best first; only where there is no hit.
    pub weak: Vec<Hit>,
    /// How the hits are spread.
    pub facets: Facets,
    /// A phrase in quotes or behind a minus sign that was not looked for, so that there are no hits: it has a letter alone between
    /// punctuation, where only reading texts tells, and what is left of it is in too many.
    pub too_common: Option<String>,
    /// How long it took.
    pub timing: Timing,
}

/// One hit.
#[derive(Debug)]
pub struct Hit {
    /// The unit.
    pub unit: Unit,
    /// How well it fits; comparable within one answer only.
    pub score: f32,
    /// Its heading with marks: what stands above its clauses.
    pub heading: Vec<Mark>,
    /// Its clauses with marks, those chosen to be shown.
    pub clauses: Vec<Clause>,
    /// Other units with the same words that are this hit too, in order: identifier and what they stand under.
    pub also: Vec<(String, String)>,
    /// How many there are.
    pub also_total: usize,
    /// How many rows of lists have those, if the unit is what stands in a column.
    pub also_rows: usize,
    /// How the score came about, if asked for.
    pub explain: Vec<Part>,
}

/// Microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Finding and ordering.
    pub search: u64,
    /// Reading the hits and marking them.
    pub highlight: u64,
}

/// How many of the other units of a hit are listed.
const MOST_ALSO: usize = 20;
/// How many weak hits are shown where there is no other.
const MOST_WEAK: usize = 5;

impl Index {
    /// Answers a plan.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn search(&self, interpretation: &Interpretation, plan: &QueryPlan) -> Result<Results, IndexError> {
        let started = Instant::now();
        let scope = Scope::of(self, &plan.filter);
        let page = self.engine.page(plan, &scope)?;
        let search = micros(started);
        let started = Instant::now();
        let highlighter = Highlighter::new(interpretation, plan);
        let read = |ranked: &Ranked| self.hit(ranked, &highlighter);
        let mut hits = page.hits.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let weak = page.weak.iter().take(MOST_WEAK).map(read).collect::<Result<Vec<_>, _>>()?;
        let highlight = micros(started);
        if plan.window.explain {
            let units: Vec<_> = page.hits.iter().map(|ranked| ranked.unit).collect();
            let accounts = self.engine.account_for(plan, &scope, &units)?;
            for (hit, account) in hits.iter_mut().zip(accounts) {
                hit.explain = parts(account, hit);
            }
        }
        let timing = Timing { search, highlight };
        Ok(Results { total: page.total, hits, weak, facets: page.facets, too_common: page.too_common, timing })
    }

    /// The identifiers of the best units (those that their source gives them, where it does) with their scores: for programs
    /// that measure. The first ten are read and marked as [`search`](Index::search) would, so that time is comparable.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn rank(
        &self,
        interpretation: &Interpretation,
        plan: &QueryPlan,
    ) -> Result<(Vec<(String, f32)>, Timing), IndexError> {
        let started = Instant::now();
        let page = self.engine.page(plan, &Scope::of(self, &plan.filter))?;
        let search = micros(started);
        let started = Instant::now();
        let highlighter = Highlighter::new(interpretation, plan);
        for ranked in page.hits.iter().take(10) {
            std::hint::black_box(self.hit(ranked, &highlighter)?);
        }
        let highlight = micros(started);
        let units: Vec<_> = page.hits.iter().map(|ranked| ranked.unit).collect();
        let name =
            |(unit, ranked): (Unit, &Ranked)| (unit.external_id().map(str::to_owned).unwrap_or(unit.id), ranked.score);
        let ids = self.engine.read_all(&units)?.into_iter().zip(&page.hits).map(name).collect();
        Ok((ids, Timing { search, highlight }))
    }

    fn hit(&self, ranked: &Ranked, highlighter: &Highlighter) -> Result<Hit, IndexError> {
        let unit = self.read(ranked.unit)?;
        let is_cell = matches!(unit.detail, Detail::Cell { .. });
        let mut also = Vec::new();
        let mut also_rows = 0;
        let listed = &ranked.also[..if is_cell { ranked.also.len() } else { ranked.also.len().min(MOST_ALSO) }];
        for other in self.engine.read_all(listed)? {
            if let Detail::Cell { rows, .. } = &other.detail {
                also_rows += rows.len();
            }
            if also.len() < MOST_ALSO {
                also.push((other.id, other.path.first().map(|ancestor| ancestor.label.clone()).unwrap_or_default()));
            }
        }
        let (heading, clauses) = highlighter.mark(&unit);
        Ok(Hit {
            score: ranked.score,
            heading,
            clauses,
            also,
            also_total: ranked.also.len(),
            also_rows,
            explain: Vec::new(),
            unit,
        })
    }
}

fn micros(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// A query that cannot be understood in an index.
#[derive(Debug, thiserror::Error)]
pub enum UnderstandError {
    /// It is none.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index cannot be asked what it has.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl Index {
    /// What a query means in this index.
    ///
    /// # Errors
    ///
    /// If it is too long or says nothing, or the index cannot be asked what it has: guessing would be another query.
    pub fn understand(&self, text: &str, options: &UnderstandOptions) -> Result<Interpretation, UnderstandError> {
        let asked = Asked { index: self, failure: RefCell::default() };
        let interpretation = understand(text, &asked, options)?;
        match asked.failure.into_inner() {
            Some(error) => Err(error.into()),
            None => Ok(interpretation),
        }
    }
}

/// An index that is asked what it has, until it cannot say.
struct Asked<'i> {
    index: &'i Index,
    failure: RefCell<Option<IndexError>>,
}

impl Vocabulary for Asked<'_> {
    fn analyzer(&self) -> &LegalAnalyzer {
        &self.index.analyzer
    }

    fn lexicon(&self) -> &Lexicon {
        &self.index.lexicon
    }

    fn statutes_in(&self, folded: &Folded) -> Vec<StatuteName> {
        self.index.names.find(folded, &self.index.analyzer)
    }

    fn occurs(&self, letters: &str) -> bool {
        let mut failure = self.failure.borrow_mut();
        // Whoever waits for nothing waits once.
        if failure.is_some() {
            return false;
        }
        self.index.engine.has_letters(letters).unwrap_or_else(|error| {
            *failure = Some(error);
            false
        })
    }

    fn sounding_like(&self, syllables: &str) -> Vec<String> {
        self.index.sounds().sounding_like(syllables)
    }

    fn similar(&self, word: &str, only_by_sound: bool) -> Vec<String> {
        self.index.sounds().similar(word, only_by_sound)
    }
}
