//! The answer card of `GET /search`: what a question asks for, put together from what the documents say.
//!
//! Nothing in it is composed. Who is named as liable and what follows are words of the article, and only if the article has
//! the words that the list quotes of it; else they are words of the list's clause, or null. Whoever publishes a list is not
//! thereby liable: it is named as the one who lists it.

use lawcite_core::citation::resolve::Verdict;
use lawcite_core::index::{self, CitationResolver, Index, IndexError};
use lawcite_core::liability::{Liability, liability, liability_of_clause};
use lawcite_core::query::{Intent, Interpretation, QueryPlan, Window};
use lawcite_core::text::Span;
use lawcite_core::unit::{Kind, Unit};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::Asked;
use super::ladder;
use super::schema;
use super::search::{AppliesTo, Segment, segments};
use super::shared::{document_of, statute_and_article};

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Answer {
    /// What is asked: `liability`.
    #[schema(schema_with = schema::answered_intent)]
    pub kind: Intent,
    /// Whether anything in the index says it.
    pub says: bool,
    /// What says it: grounds that name who is liable or what follows first, then as the hits are ranked.
    pub grounds: Vec<AnswerGround>,
    /// The note in which the list itself says that what it lists may lie outside its department's remit.
    pub caveat: Option<String>,
}

/// A provision, as a list cites it or as an article, under which someone is liable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnswerGround {
    /// The unit.
    pub unit: String,
    /// Who publishes the list that it stands in, null for an article. Not the one who is liable.
    pub listed_by: Option<String>,
    /// Who is named as liable, in the words of the article or the clause; null where neither says it.
    pub subject: Option<String>,
    /// Whom the consequence falls on, where they are named besides.
    pub persons: Option<String>,
    /// What follows, in the same words.
    pub consequence: Option<String>,
    /// What follows besides, in graver or in other cases.
    pub further: Vec<String>,
    /// The article that has the words of the clause, null where none in the index does.
    pub source: Option<String>,
    /// The clause that was found.
    pub clause: Vec<Segment>,
    /// The statute.
    pub statute: Option<String>,
    /// The place in it as printed: 第九十二条.
    pub label: Option<String>,
    /// Who answers for it one after the other, in the words of a list's 追责对象范围; empty where no list of rows says it.
    pub ladder: Vec<String>,
    /// The rows that it is said of, five at most; null for what is no list of rows.
    pub applies_to: Option<AppliesTo>,
    /// The duties under which the provision is listed, in the order of the documents.
    pub duties: Vec<String>,
}

/// A card names at most so many grounds.
const MOST_GROUNDS: usize = 5;
/// What fits less than half as well as the best hit is a hit but no ground.
const LEAST_SHARE: f32 = 0.5;
/// Where the first page has no ground, so many provisions and articles are looked at.
const FARTHEST_GROUND: usize = 50;

/// The card for a question, `None` where it asks for none. It belongs to the question and not to the page that is shown.
///
/// # Errors
///
/// If the index cannot be read.
pub(super) fn answer(
    index: &Index,
    interpretation: &Interpretation,
    plan: &QueryPlan,
    results: &index::Results,
) -> Result<Option<Answer>, IndexError> {
    if interpretation.intent != Some(Intent::Liability) {
        return Ok(None);
    }
    let first = Window::default();
    let Window { offset, limit, collapse, .. } = plan.window;
    let is_first_page = offset == 0 && limit >= first.limit && collapse && plan.filter.kinds.is_empty();
    let search = |kinds: &[Kind], limit: usize| {
        let mut plan = plan.clone();
        plan.window = Window { limit, ..first };
        plan.filter.kinds = kinds.to_vec();
        index.search(interpretation, &plan).map(|results| results.hits)
    };
    let asked = Asked::new(interpretation, plan);
    let mut grounds = if is_first_page {
        grounds(index, &asked, &results.hits[..results.hits.len().min(first.limit)])?
    } else {
        grounds(index, &asked, &search(&[], first.limit)?)?
    };
    // What is forbidden may fill the page, and what follows from doing it stand behind.
    if grounds.is_empty() && results.total > 0 {
        grounds = self::grounds(
            index,
            &asked,
            &search(&[Kind::Provision, Kind::Article, Kind::Row, Kind::Circumstance], FARTHEST_GROUND)?,
        )?;
    }
    let mut listed = grounds.iter().filter(|ground| !ground.duties.is_empty());
    let caveat = listed.next().map(|ground| caveat(index, document_of(&ground.unit))).transpose()?.flatten();
    Ok(Some(Answer { kind: Intent::Liability, says: !grounds.is_empty(), grounds, caveat }))
}

/// The provisions among the hits, or the articles where there is none: those that say who is liable or what follows before
/// those that only say in which case. What lacks what was asked about is none.
fn grounds(index: &Index, asked: &Asked<'_>, hits: &[index::Hit]) -> Result<Vec<AnswerGround>, IndexError> {
    let best = hits.iter().map(|hit| hit.score).fold(0.0, f32::max);
    let near = || hits.iter().filter(move |hit| hit.score >= best * LEAST_SHARE);
    let resolver = index.resolver();
    let mut grounds = Vec::new();
    for hit in near() {
        if grounds.len() == MOST_GROUNDS {
            break;
        }
        match hit.unit.kind {
            Kind::Provision if asked.is_topic_of(&hit.unit) => grounds.push(provision(index, &resolver, hit)?),
            Kind::Provision => {}
            _ => grounds.extend(ladder::ground(index, asked, hit)?),
        }
    }
    if grounds.is_empty() {
        let articles = near().filter(|hit| hit.unit.kind == Kind::Article && asked.is_topic_of(&hit.unit));
        grounds = articles.filter_map(|hit| article(asked, hit)).take(MOST_GROUNDS).collect();
    }
    grounds.sort_by_key(|ground| ground.subject.is_none() && ground.consequence.is_none() && ground.ladder.is_empty());
    Ok(grounds)
}

/// A list's provision.
fn provision(index: &Index, resolver: &CitationResolver<'_>, hit: &index::Hit) -> Result<AnswerGround, IndexError> {
    let clause = clause(hit);
    let words: String = clause.iter().map(|segment| segment.text.as_str()).collect();
    let article = quoted_article(index, resolver, &hit.unit)?;
    let own = Said::new(&words, liability_of_clause(&words));
    let said = match &article {
        Some(article) => {
            let text = &article.passage.text;
            Said::new(text, liability(text, &[&words])).or(own)
        }
        None => own,
    };
    let issuer = index.header(document_of(&hit.unit.id)).and_then(|header| header.issuer.clone());
    let ids = std::iter::once(hit.unit.id.as_str()).chain(hit.also.iter().map(|(id, _)| id.as_str()));
    let mut duties: Vec<&str> = ids.filter_map(|id| id.split_once("/citation/")).map(|(duty, _)| duty).collect();
    duties.sort_by_key(|duty| (document_of(duty), duty.rsplit('/').next().and_then(|no| no.parse::<u32>().ok())));
    duties.dedup();
    let duties = duties.into_iter().map(str::to_owned).collect();
    Ok(AnswerGround { listed_by: issuer, duties, ..said.ground(&hit.unit, article.map(|article| article.id), clause) })
}

/// An article of a statute, if something follows from what was asked about in it. Its case are the words of its own that name
/// it; what was found may be all of a paragraph, or what only follows.
fn article(asked: &Asked<'_>, hit: &index::Hit) -> Option<AnswerGround> {
    let found = clause(hit);
    let words: String = found.iter().map(|segment| segment.text.as_str()).collect();
    let text = &hit.unit.passage.text;
    let mut wanted = asked.words();
    if wanted.is_empty() {
        wanted.push(&words);
    }
    let liability = liability(text, &wanted);
    let case = asked.marked(text, &liability.circumstances);
    let said = Said::new(text, liability);
    let clause = if case.is_empty() { found } else { case };
    said.consequence.is_some().then(|| said.ground(&hit.unit, Some(hit.unit.id.clone()), clause))
}

/// The article that has the words which a provision quotes: the one it cites, or the one that has them now.
fn quoted_article(index: &Index, resolver: &CitationResolver<'_>, unit: &Unit) -> Result<Option<Unit>, IndexError> {
    let Some(resolution) = resolver.provision(unit)? else { return Ok(None) };
    let id = match resolution.quotation {
        Some(quotation) if quotation.verdict == Verdict::Matches => resolution.ids.into_iter().next(),
        Some(quotation) if quotation.verdict == Verdict::Moved => quotation.moved_to,
        _ => None,
    };
    Ok(id.map(|id| index.unit(&id)).transpose()?.flatten())
}

/// The clause that has most of what was looked for.
pub(super) fn clause(hit: &index::Hit) -> Vec<Segment> {
    let marked = |clause: &index::Clause| -> usize {
        clause.segments.iter().filter(|segment| segment.marked).map(|segment| segment.text.len()).sum()
    };
    // Of equal ones the last is taken, hence the order.
    let best = hit.clauses.iter().rev().max_by_key(|clause| marked(clause));
    best.map(|clause| segments(clause.segments.clone())).unwrap_or_default()
}

/// What an article or a clause says of liability, in its words.
pub(super) struct Said {
    subject: Option<String>,
    persons: Option<String>,
    consequence: Option<String>,
    further: Vec<String>,
}

impl Said {
    pub(super) fn new(text: &str, said: Liability) -> Said {
        let words = |span: Span| span.slice(text).to_owned();
        Said {
            subject: said.subject.map(words),
            persons: said.persons.map(words),
            consequence: said.consequence.map(words),
            further: said.further.into_iter().map(words).collect(),
        }
    }

    /// What the clause says where the article does not.
    fn or(self, clause: Said) -> Said {
        Said { subject: self.subject.or(clause.subject), consequence: self.consequence.or(clause.consequence), ..self }
    }

    pub(super) fn ground(self, unit: &Unit, source: Option<String>, clause: Vec<Segment>) -> AnswerGround {
        let (statute, article) = statute_and_article(unit);
        AnswerGround {
            unit: unit.id.clone(),
            listed_by: None,
            subject: self.subject,
            persons: self.persons,
            consequence: self.consequence,
            further: self.further,
            source,
            clause,
            statute: statute.map(str::to_owned),
            label: article.map(|article| article.label),
            ladder: Vec::new(),
            applies_to: None,
            duties: Vec::new(),
        }
    }
}

/// The note of a list which says that circumstances may lie outside the department's remit.
fn caveat(index: &Index, document: &str) -> Result<Option<String>, IndexError> {
    let notes = index.units_of_kind(document, Kind::Note)?;
    Ok(notes.into_iter().find(|note| limits_the_remit(&note.passage.text)).map(|note| note.id))
}

/// Whether a note says of grounds or circumstances that not all of them are the department's.
fn limits_the_remit(note: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| note.contains(word));
    says(&["情形", "依据", "条文", "规定"])
        && says(&["职责", "职权", "职能", "权限", "管辖"])
        && says(&[
            "不完全",
            "不全",
            "不都",
            "不属于",
            "非属于",
            "并非",
            "超出",
            "不限于",
            "不一定",
            "未必",
            "以外",
            "之外",
        ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_limits_the_remit_is_known_by_what_it_says() {
        for (note, expected) in [
            (
                "追责情形完整引用追责依据中规定的条文，不完全与该项主要职责相对应，或者不完全属于该部门的职责范围。",
                true,
            ),
            ("所列追责情形可能超出本部门职责。", true),
            ("普遍适用的法律法规作为追责依据及其规定的追责情形，不再逐一列出。", false),
            ("本清单由办公室负责解释。", false),
        ] {
            assert_eq!(limits_the_remit(note), expected, "{note}");
        }
    }
}
