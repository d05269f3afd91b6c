//! From a plan to a page: what is counted, who may be among the best, and which of them are.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::Cluster;
use super::admission::Admission;
use super::answers::{Answer, Found, in_order, search_all};
use super::asked::{self, Asked};
use super::clauses::all_of;
use super::exact::{Reckoned, Reckoner};
use super::facets;
use super::surroundings::ScoredChapters;
use super::worth::Worth;
use crate::index::IndexError;
use crate::index::engine::{Account, Page, Ranked, Scope};
use crate::index::tables::{NONE, UnitNo};
use crate::query::QueryPlan;
use crate::unit::Unit;

/// So many more than wanted are asked for at first, since the cluster's scores are not yet those that decide.
const SLACK: usize = 20;
/// So many are looked at in the end, and more only where more are wanted: then whoever is not among them by the cluster's scores is
/// taken not to be among the best.
const MOST_CANDIDATES: usize = 3000;
/// So many hits the cluster lists at most (`index.max_result_window`).
const MOST_LISTED: usize = 10_000;
/// How many of the weak are ranked: no more are ever shown.
const MOST_WEAK: usize = 10;
/// How far the cluster's scores may be below the true ones: it reckons in another order and with the average lengths that its
/// similarity was made with.
const TOLERANCE: f32 = 0.025;
/// So many units of one hit are compared to find the best: they have the same words and differ in their titles alone.
const MOST_COMPARED: usize = 30;

/// A plan on its way to a page.
struct Search<'s> {
    cluster: &'s Cluster,
    asked: Asked<'s>,
    admission: Admission,
    chapters: ScoredChapters<'s>,
    worth: Worth,
    collapse: bool,
}

/// A unit with its score.
struct Candidate {
    unit: UnitNo,
    score: f32,
}

/// The units with something around them, or those without, by the cluster's scores.
struct Stream {
    /// Which.
    is_placed: bool,
    /// How many have come.
    fetched: usize,
    /// No other scores more.
    bound: f32,
}

impl Cluster {
    pub(super) fn best_page(&self, plan: &QueryPlan, scope: &Scope) -> Result<Page, IndexError> {
        if plan.is_empty() {
            return Ok(Page::default());
        }
        let search = self.search(plan, scope)?;
        let demand = search.asked.demand;
        let (least, following) = (demand.least(), demand.following());
        let wanted = plan.window.offset.saturating_add(plan.window.limit);
        let size = size_for(wanted);
        // What is counted decides who gets what others have on average, but not who may be among the best: both are asked at once.
        let streams = search.streams();
        let mut bodies = vec![search.counting(following, true)];
        bodies.extend(streams.iter().map(|stream| search.candidates(following, stream, size)));
        let mut answers = self.search_all(&bodies)?.into_iter();
        let counted = answers.next().unwrap_or_default();
        let is_answered = counted.hits.total.as_ref().is_some_and(|total| total.value > 0)
            && counted.hits.max_score.is_none_or(|most| most >= least);
        let counts = counted.aggregations.unwrap_or_default();
        let total = if is_answered { facets::total(&counts.hits) } else { 0 };
        if total == 0 {
            let facets = if is_answered { facets::facets(&counts.hits, &self.tables) } else { Default::default() };
            let weak = search.weak(if is_answered { Some(following) } else { None })?;
            return Ok(Page { total, facets, weak, ..Page::default() });
        }
        let average = counts.average();
        let answers = answers.collect();
        let best = search.best(following, wanted, average, streams, answers)?;
        let best = best.into_iter().skip(plan.window.offset).collect();
        let hits = search.with_others(following, average, best)?;
        Ok(Page { total, hits, facets: facets::facets(&counts.hits, &self.tables), ..Page::default() })
    }

    pub(super) fn accounts(
        &self,
        plan: &QueryPlan,
        scope: &Scope,
        units: &[UnitNo],
    ) -> Result<Vec<Account>, IndexError> {
        let search = self.search(plan, scope)?;
        let read = self.read_units(units)?;
        let account = |(&unit, read): (&UnitNo, &Unit)| {
            let Reckoned { parts, standing, .. } = search.reckon(unit, read);
            Account { words: parts, standing }
        };
        Ok(units.iter().zip(&read).map(account).collect())
    }

    /// Counts what is asked for, which tells what is demanded, and what chapters are worth.
    fn search<'s>(&'s self, plan: &'s QueryPlan, scope: &Scope) -> Result<Search<'s>, IndexError> {
        let counts = self.count_all(&asked::to_count(plan))?;
        let units = self.tables.units();
        let asked = Asked::new(plan, &counts, &self.frequencies, units);
        let chapters = self.chapters.score(&asked.grams, units);
        let worth = Worth::new(&chapters.by_number(&self.authorities, &asked.demand));
        let admission = Admission::of(scope, &self.tables, &self.superseded);
        Ok(Search { cluster: self, asked, admission, chapters, worth, collapse: plan.window.collapse })
    }

    fn search_all(&self, bodies: &[Value]) -> Result<Vec<Answer>, IndexError> {
        Ok(search_all(&self.connection, &self.units_index, bodies)?)
    }
}

impl super::answers::Aggregations {
    /// What stands around those that something stands around, on average.
    fn average(&self) -> f32 {
        self.around.as_ref().map_or(0.0, |around| (around.sum.value / around.doc_count.max(1) as f64) as f32)
    }
}

impl Search<'_> {
    fn streams(&self) -> Vec<Stream> {
        let stream = |is_placed| Stream { is_placed, fetched: 0, bound: f32::INFINITY };
        let has = [(true, self.cluster.has_placed), (false, self.cluster.has_others)];
        has.into_iter().filter(|&(_, has)| has).map(|(is_placed, _)| stream(is_placed)).collect()
    }

    /// Counts those with at least so much evidence.
    fn counting(&self, least: f32, with_facets: bool) -> Value {
        let mut counts = serde_json::Map::new();
        if with_facets {
            counts = facets::to_count(&self.admission, &self.cluster.tables, self.collapse);
        }
        if self.cluster.has_placed && self.cluster.has_others {
            let placed = json!({ "filter": { "term": { "placed": true } }, "aggs": { "sum": self.worth.sum() } });
            counts.insert("around".to_owned(), placed);
        }
        json!({
            "size": 1, "_source": false, "track_total_hits": true,
            "query": self.asked.by_evidence(&self.admission, least),
            "aggs": counts,
        })
    }

    /// The next of a stream, by the cluster's scores.
    fn candidates(&self, least: f32, stream: &Stream, size: usize) -> Value {
        let mut filters = self.admission.all_but(None);
        filters.push(json!({ "term": { "placed": stream.is_placed } }));
        let answering = self.asked.by_evidence(&self.admission, least);
        let query = self.asked.by_words(&answering, &filters);
        let query = if stream.is_placed { self.worth.added_to(&query) } else { query };
        let mut body = json!({
            "from": stream.fetched, "size": size, "track_total_hits": false, "track_scores": true,
            "_source": ["unit"], "query": query,
        });
        let mut sort = vec![json!({ "_score": "desc" })];
        sort.extend(in_order());
        body["sort"] = sort.into();
        if self.collapse {
            body["collapse"] = json!({ "field": "hit" });
        }
        body
    }

    fn reckon(&self, unit: UnitNo, read: &Unit) -> Reckoned {
        let Cluster { tables, analyzer, saturations, .. } = self.cluster;
        let chapter = self.cluster.chapter_around[unit as usize];
        let around = self.chapters.around(tables, unit, chapter, &self.asked.demand);
        Reckoner { tables, analyzer, saturations }.reckon(&self.asked, unit, read, around)
    }

    /// The best hits, of which so many are wanted, and what is as good as the last: of `streams`, which have brought `answers`.
    fn best(
        &self,
        least: f32,
        wanted: usize,
        average: f32,
        mut streams: Vec<Stream>,
        mut answers: Vec<Answer>,
    ) -> Result<Vec<Candidate>, IndexError> {
        let mut size = size_for(wanted);
        let most = size.max(MOST_CANDIDATES);
        let mut best: Vec<Candidate> = Vec::new();
        loop {
            for (stream, answer) in streams.iter_mut().zip(std::mem::take(&mut answers)) {
                let rest = if stream.is_placed { 0.0 } else { average };
                let found = answer.hits.hits;
                stream.fetched += found.len();
                let last = found.last().and_then(|last| last.score).unwrap_or(0.0);
                stream.bound = if found.len() < size { f32::NEG_INFINITY } else { last * (1.0 + TOLERANCE) + rest };
                for found in found {
                    let Some((unit, read)) = self.cluster.take(found)? else { continue };
                    let reckoned = self.reckon(unit, &read);
                    if reckoned.evidence >= least {
                        best.push(Candidate { unit, score: reckoned.score() + rest });
                    }
                }
            }
            best.sort_unstable_by(order);
            let worst = best.get(wanted.saturating_sub(1)).map_or(f32::NEG_INFINITY, |last| last.score);
            streams.retain(|stream| {
                let may_be_better = stream.bound > worst;
                if may_be_better && stream.fetched >= most {
                    tracing::debug!(stream.fetched, "no more candidates are looked at, though some may be better");
                }
                may_be_better && stream.fetched < most
            });
            if streams.is_empty() {
                best.truncate(wanted);
                return Ok(best);
            }
            // All that go on have brought as many.
            let fetched = streams.iter().map(|stream| stream.fetched).max().unwrap_or(0);
            size = size.saturating_mul(2).min(most - fetched);
            let bodies: Vec<Value> = streams.iter().map(|stream| self.candidates(least, stream, size)).collect();
            answers = self.cluster.search_all(&bodies)?;
        }
    }

    /// What falls short, the best of it: of what passes the filters there is nothing else. `answering` is the evidence of those who
    /// answer but do not pass.
    fn weak(&self, answering: Option<f32>) -> Result<Vec<Ranked>, IndexError> {
        let streams = self.streams();
        let mut bodies = vec![self.counting(0.0, false)];
        bodies.extend(answering.map(|least| self.counting(least, false)));
        let counted = bodies.len();
        bodies.extend(streams.iter().map(|stream| self.candidates(0.0, stream, size_for(MOST_WEAK))));
        let mut answers = self.cluster.search_all(&bodies)?;
        let rest = answers.split_off(counted);
        let around = answers.into_iter().map(|answer| answer.aggregations.and_then(|counts| counts.around));
        let mut sums = around.map(|around| around.map_or((0.0, 0), |around| (around.sum.value, around.doc_count)));
        let (sum, count) = sums.next().unwrap_or_default();
        let (but_sum, but_count) = sums.next().unwrap_or_default();
        let average = ((sum - but_sum) / count.saturating_sub(but_count).max(1) as f64) as f32;
        let mut best = self.best(f32::MIN, MOST_WEAK, average, streams, rest)?;
        best.truncate(self.asked.plan.window.limit);
        self.with_others(0.0, average, best)
    }

    /// Hits with the other units that are the same; the best of them stands for all.
    fn with_others(&self, least: f32, average: f32, hits: Vec<Candidate>) -> Result<Vec<Ranked>, IndexError> {
        let mut others = self.same_as(least, &hits)?;
        let compared = |also: &Vec<UnitNo>| also[..also.len().min(MOST_COMPARED)].to_vec();
        let read: Vec<UnitNo> = others.values().flat_map(compared).collect();
        let read: HashMap<UnitNo, Unit> = read.iter().copied().zip(self.cluster.read_units(&read)?).collect();
        let mut ranked = Vec::new();
        for mut best in hits {
            let mut also = others.remove(&best.unit).unwrap_or_default();
            if !also.is_empty() {
                for unit in compared(&also) {
                    let other = Candidate { unit, score: self.score(unit, &read[&unit], average) };
                    if order(&other, &best).is_lt() {
                        best = other;
                    }
                }
                also.retain(|&other| other != best.unit);
            }
            ranked.push(Ranked { unit: best.unit, score: best.score, also });
        }
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.unit.cmp(&b.unit)));
        Ok(ranked)
    }

    /// By hit that is several units: all of them that answer, in their order.
    fn same_as(&self, least: f32, hits: &[Candidate]) -> Result<HashMap<UnitNo, Vec<UnitNo>>, IndexError> {
        let shared = hits.iter().map(|hit| hit.unit).filter(|&unit| self.cluster.is_shared[unit as usize]);
        let shared: Vec<UnitNo> = shared.filter(|_| self.collapse).collect();
        if shared.is_empty() {
            return Ok(HashMap::new());
        }
        let keys = shared.iter().map(|&unit| Ok((self.cluster.hit_of(unit)?, unit)));
        let by_key = keys.collect::<Result<HashMap<i64, UnitNo>, IndexError>>()?;
        let mut query = self.admission.all_but(None);
        query.push(self.asked.by_evidence(&self.admission, least));
        query.push(json!({ "terms": { "hit": by_key.keys().collect::<Vec<_>>() } }));
        let mut sort = vec![json!({ "hit": "asc" })];
        sort.extend(in_order());
        let mut same: HashMap<UnitNo, Vec<UnitNo>> = HashMap::new();
        for found in self.cluster.all_found(&all_of(query), &sort)? {
            let hit = found.sort.first().and_then(Value::as_i64).and_then(|key| by_key.get(&key));
            if let (Some(&hit), Some(unit)) = (hit, self.cluster.number_of(&found)) {
                same.entry(hit).or_default().push(unit);
            }
        }
        Ok(same)
    }

    /// The score of a unit, where what has nothing around it gets `average`.
    fn score(&self, unit: UnitNo, read: &Unit, average: f32) -> f32 {
        let rest = if self.cluster.chapter_around[unit as usize] == NONE { average } else { 0.0 };
        self.reckon(unit, read).score() + rest
    }
}

impl Cluster {
    /// The unit that was found.
    pub(super) fn number_of(&self, found: &Found) -> Option<UnitNo> {
        let (document, ordinal) = found.place()?;
        let row = self.tables.document(document).filter(|row| ordinal < row.units)?;
        Some(row.first + ordinal)
    }
}

/// How many are asked for at first where so many are wanted.
fn size_for(wanted: usize) -> usize {
    wanted.saturating_add(SLACK).min(MOST_LISTED)
}

/// Higher scores first, equal scores in document order.
fn order(a: &Candidate, b: &Candidate) -> Ordering {
    b.score.total_cmp(&a.score).then(a.unit.cmp(&b.unit))
}
