//! One citation: what it means in the law of today, and whether that says what is quoted.

use super::report::{Checked, Finding, Present};
use super::wording::Wording;
use crate::citation::ProvisionPath;
use crate::citation::resolve::{
    CitingContext, Outcome, Reference, Resolution, Resolver, Status, Texts, Verdict, article_in_place,
};
use crate::statute::split_statute_id;
use crate::text::chinese_numeral;

/// What an audit asks of statutes beside their letters.
pub trait Law: Texts {
    /// The words of the article of that identifier as printed, `None` if there is none.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    fn words(&self, article: &str) -> Result<Option<String>, Self::Error>;
}

/// How a document gives the words of the law.
#[derive(Clone, Copy, Debug)]
pub(super) enum Quoted<'q> {
    /// Not at all.
    Nothing,
    /// Word by word: 第四十条：……
    Words(&'q str),
    /// As circumstances, which leave words out and put lists in another order.
    Circumstances(&'q [&'q str]),
}

impl<'q> Quoted<'q> {
    /// All that is quoted.
    pub(super) fn words(&self) -> &[&'q str] {
        match self {
            Quoted::Nothing => &[],
            Quoted::Words(words) => std::slice::from_ref(words),
            Quoted::Circumstances(words) => words,
        }
    }
}

/// What a reference means today to a document that was written at `as_of`.
pub(super) fn check<T: Law>(
    resolver: &Resolver<'_, T>,
    reference: &Reference<'_>,
    as_of: Option<&str>,
    quoted: Quoted<'_>,
) -> Result<Checked, T::Error> {
    let words = quoted.words();
    let cited = resolver.resolve_reference(reference, &CitingContext { as_of, ..CitingContext::default() })?;
    let mut today = resolver.resolve_today(reference, words, &cited)?;
    let statute = resolver.resolve_today(&Reference { provisions: &[], ..*reference }, &[], &cited)?;
    look_for_place(resolver, reference, words, &statute, &mut today)?;
    let mut checked = Checked {
        finding: finding(&cited, &today),
        outcome: cited.outcome,
        status: cited.status,
        successor: cited.successor.clone(),
        quoted: (!words.is_empty()).then(|| words.join("；")),
        present: None,
        difference: Vec::new(),
    };
    let moved_to = today.quotation.as_ref().and_then(|quotation| quotation.moved_to.as_ref());
    let places: Vec<&String> = moved_to.map_or_else(|| today.ids.iter().collect(), |place| vec![place]);
    if places.is_empty() || cited.outcome == Outcome::Ambiguous {
        return Ok(checked);
    }
    let mut law = Vec::new();
    for place in &places {
        law.extend(resolver.texts.words(place)?);
    }
    let law = law.join("\n");
    let mut present = Present::of(&places, reference.provisions);
    if !law.is_empty() {
        present.words = Some(match quoted {
            Quoted::Words(words) => {
                let wording = Wording::compare(words, &law);
                checked.judge(&wording);
                wording.rendered.slice(&law).to_owned()
            }
            Quoted::Circumstances(words) => {
                if matches!(checked.finding, Finding::Differs) {
                    checked.difference = Wording::compare(&words.join("；"), &law).segments;
                }
                law
            }
            Quoted::Nothing => law,
        });
    }
    checked.present = Some(present);
    Ok(checked)
}

/// Where the article cited has not the words quoted and no other has them either, one may stand in its place in other words:
/// that article is where they moved to.
fn look_for_place<T: Law>(
    resolver: &Resolver<'_, T>,
    reference: &Reference<'_>,
    words: &[&str],
    statute: &Resolution,
    today: &mut Resolution,
) -> Result<(), T::Error> {
    let (Some(quotation), [document]) = (&mut today.quotation, &statute.ids[..]) else { return Ok(()) };
    if !matches!(quotation.verdict, Verdict::NotFound | Verdict::Differs) {
        return Ok(());
    }
    let articles = resolver.texts.articles(document)?;
    let is_cited = |key: &str| reference.provisions.iter().any(|path| path.article_key() == key);
    if let Some(article) = article_in_place(&articles, words).filter(|article| !is_cited(article.key())) {
        quotation.verdict = Verdict::Moved;
        quotation.moved_to = Some(format!("{document}/article/{}", article.key()));
    }
    Ok(())
}

/// What two resolutions say: of the version cited, and of the law today.
fn finding(cited: &Resolution, today: &Resolution) -> Finding {
    let verdict = today.quotation.as_ref().map(|quotation| quotation.verdict);
    match (cited.status, cited.outcome) {
        (Status::Repealed, _) => Finding::Repealed,
        (_, Outcome::Ambiguous) => Finding::Ambiguous,
        (_, Outcome::StatuteUnknown | Outcome::Unresolved) => Finding::NotInCorpus,
        _ => match verdict {
            Some(Verdict::Matches) => Finding::Unchanged,
            Some(Verdict::Differs) => Finding::Differs,
            Some(Verdict::Moved) => Finding::Moved,
            Some(Verdict::NotFound) => Finding::Absent,
            None if today.outcome == Outcome::ArticleAbsent => Finding::Absent,
            None => Finding::Found,
        },
    }
}

impl Checked {
    /// Takes the comparison of what is quoted word by word into account. Shares of letters tell which article is quoted; that
    /// it is quoted rightly only its letters tell.
    fn judge(&mut self, wording: &Wording) {
        match self.finding {
            Finding::Unchanged | Finding::Differs => {
                self.finding = if wording.is_same { Finding::Unchanged } else { Finding::Differs };
            }
            Finding::Absent if wording.is_same => self.finding = Finding::Unchanged,
            _ => {}
        }
        if !wording.is_same && self.finding != Finding::Absent {
            self.difference.clone_from(&wording.segments);
        }
    }
}

impl Present {
    /// Of articles of one statute, or the statute itself.
    fn of(places: &[&String], cited: &[ProvisionPath]) -> Present {
        let (statute, _) = places[0].split_once('/').unwrap_or((places[0], ""));
        let (name, version) = split_statute_id(statute);
        let labels: Vec<String> = places.iter().filter_map(|place| label(place, cited)).collect();
        Present {
            id: places[0].clone(),
            statute: name.to_owned(),
            version: version.and_then(|version| version.date().map(str::to_owned)),
            label: (!labels.is_empty()).then(|| labels.join("、")),
            words: None,
        }
    }
}

/// 第九十二条 for an article's identifier. What is cited inside an article that is still the one is kept.
fn label(id: &str, cited: &[ProvisionPath]) -> Option<String> {
    let key = id.split_once("/article/")?.1.split('~').next()?;
    if let Some(path) = cited.iter().find(|path| path.article_key() == key) {
        let several = cited.iter().filter(|path| path.article_key() == key).count() > 1;
        return Some(if several { path.whole_article().to_string() } else { path.to_string() });
    }
    let (article, suffix) = key.split_once('-').unwrap_or((key, ""));
    let numeral = |digits: &str| digits.parse().ok().filter(|&number| number < 10_000).map(chinese_numeral);
    let suffix = numeral(suffix).map(|suffix| format!("之{suffix}")).unwrap_or_default();
    Some(format!("第{}条{suffix}", numeral(article)?))
}
