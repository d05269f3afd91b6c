//! Whether an article has the words that are quoted from it, and which one has if it does not.
//!
//! Where lists quote a version that is there, whether word by word or as circumstances, the article cited covers 0.9 of the
//! letters and more, nearly always all of them: what paraphrase does to words is to leave some out. The likeliest other article
//! of the same statute covers 0.3 to 0.65 of them, a parallel one (the next fine for the next offence) up to 0.9. An article
//! that is not the one quoted can thus look very much like it, and a high share alone does not say that it matches.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::align::{Pair, Quote, pairs};
use super::resolution::{Quotation, Verdict};
use super::texts::{ArticleText, is_number, is_unit, number};

/// From this share of its letters on a quotation counts as the article's words. True ones are above, see above; lower, and
/// parallel articles pass.
const MATCHES: f64 = 0.85;
/// From this share on nothing else is looked at: no parallel article has as much.
const CERTAIN: f64 = 0.95;
/// An article to which words are said to have moved must have this share of them: that they stand elsewhere than cited is the
/// stronger claim.
const MOVED: f64 = 0.9;
/// By so much more than the article cited, if that has most of the words.
const MOVED_BY: f64 = 0.1;
/// Articles that have nearly as much as the best one are told apart by how near they are to the one cited: 滥用职权、玩忽职守、
/// 徇私舞弊 stands in many.
const NEARLY: f64 = 0.1;
/// From this share on the article cited is about the same. An unrelated article has 0.1 to 0.4.
const DIFFERS: f64 = 0.5;
/// Each thing quoted and each of its clauses must have this share, or one of them is not there.
const EACH: f64 = 0.5;
/// Fewer letters are no clause that an article must have: lists put them in to join what they take out.
const SHORTEST_CLAUSE: usize = 12;
/// So many letters of one thing quoted may be missing, however long it is: more is a clause.
const MOST_MISSING: usize = 24;
/// Fewer letters stand anywhere, and move nowhere.
const SHORTEST_TO_MOVE: usize = 6;
/// So many letters are compared; the longest quotation of ten workbooks has 700. What follows is left aside.
const MOST_LETTERS: usize = 4_000;
/// So many articles, those that share most pairs of letters with what is quoted, are compared letter by letter.
const COMPARED: usize = 16;

/// Compares what is quoted with the articles cited (by their keys) and with the whole statute. `None` where nothing is
/// quoted.
pub(super) fn judge(document: &str, articles: &[ArticleText], cited: &[String], quoted: &[&str]) -> Option<Quotation> {
    let quoted = Quoted::new(quoted)?;
    let is_cited = |article: &ArticleText| cited.iter().any(|key| is_of(article.key(), key));
    let here: Vec<&ArticleText> = articles.iter().filter(|article| is_cited(article)).collect();
    let here = quoted.compare(&here);
    let said = |verdict| Some(Quotation { verdict, moved_to: None });
    if here.fits() && here.share >= CERTAIN {
        return said(Verdict::Matches);
    }
    let numbers: Vec<i32> = cited.iter().map(|key| number(key)).collect();
    let distance = |article: &ArticleText| {
        numbers.iter().map(|number| number.abs_diff(article.number())).min().unwrap_or_default()
    };
    if let Some(article) = quoted.find_elsewhere(articles, &here, &is_cited, &distance) {
        let moved_to = format!("{document}/article/{}", article.key());
        return Some(Quotation { verdict: Verdict::Moved, moved_to: Some(moved_to) });
    }
    said(match here {
        _ if here.fits() => Verdict::Matches,
        _ if here.share >= DIFFERS => Verdict::Differs,
        _ => Verdict::NotFound,
    })
}

/// Whether an article's key is that number: `92~2` is a second article 92.
fn is_of(key: &str, number: &str) -> bool {
    key.strip_prefix(number).is_some_and(|rest| rest.is_empty() || rest.starts_with('~'))
}

/// All that is quoted for one citation.
struct Quoted {
    quotes: Vec<Quote>,
    length: usize,
    figures: Vec<Pair>,
}

/// How what is quoted compares with articles.
#[derive(Clone, Copy, Debug)]
struct Comparison {
    /// Of all letters.
    share: f64,
    /// Whether all that is quoted is there, each clause by itself.
    has_each: bool,
    /// Whether all figures are there.
    has_figures: bool,
}

impl Comparison {
    fn fits(&self) -> bool {
        self.share >= MATCHES && self.has_each && self.has_figures
    }
}

impl Quoted {
    fn new(quoted: &[&str]) -> Option<Quoted> {
        let mut room = MOST_LETTERS;
        let fits = |quote: &Quote| {
            let fits = quote.len() <= room;
            room = room.saturating_sub(quote.len());
            fits
        };
        let quotes = quoted.iter().map(|words| Quote::new(words)).filter(|quote| !quote.is_empty());
        let quotes: Vec<Quote> = quotes.take_while(fits).collect();
        let length = quotes.iter().map(Quote::len).sum();
        let figures = quotes.iter().flat_map(Quote::pieces).flat_map(figures).collect();
        (length > 0).then_some(Quoted { quotes, length, figures })
    }

    /// Articles that are cited together share between them what is quoted.
    fn compare(&self, articles: &[&ArticleText]) -> Comparison {
        let (mut all, mut has_each) = (0, true);
        for quote in &self.quotes {
            let mut missing = 0;
            for (length, covered) in quote.covered(articles.iter().map(|article| article.letters())) {
                all += covered;
                missing += length - covered;
                has_each &= length < SHORTEST_CLAUSE || covered as f64 >= EACH * length as f64;
            }
            has_each &= missing <= MOST_MISSING && missing as f64 <= (1.0 - EACH) * quote.len() as f64;
        }
        let has_figures = self.figures.is_empty() || {
            let there: HashSet<Pair> = articles.iter().flat_map(|article| figures(article.letters())).collect();
            self.figures.iter().all(|figure| there.contains(figure))
        };
        Comparison { share: all as f64 / self.length as f64, has_each, has_figures }
    }

    /// The article that has what is quoted instead of those cited: of those that have nearly as much as the best the nearest.
    fn find_elsewhere<'a>(
        &self,
        articles: &'a [ArticleText],
        here: &Comparison,
        is_cited: &impl Fn(&ArticleText) -> bool,
        distance: &impl Fn(&ArticleText) -> u32,
    ) -> Option<&'a ArticleText> {
        if self.length < SHORTEST_TO_MOVE {
            return None;
        }
        // An article with other figures is a parallel one, however much of the rest it has.
        let least = if here.has_figures { here.share + MOVED_BY } else { here.share };
        let mut others: Vec<(f64, &ArticleText)> = Vec::new();
        for article in self.likeliest(articles, is_cited, distance) {
            let there = self.compare(&[article]);
            if there.fits() && there.share >= MOVED.max(least) {
                others.push((there.share, article));
            }
        }
        let highest = others.iter().map(|&(share, _)| share).fold(0.0, f64::max);
        others.retain(|&(share, _)| share >= highest - NEARLY);
        let nearest = others.into_iter().min_by(|a, b| distance(a.1).cmp(&distance(b.1)).then(b.0.total_cmp(&a.0)));
        nearest.map(|(_, article)| article)
    }

    /// The articles that share most pairs of letters with what is quoted, of equal ones the nearest.
    fn likeliest<'a>(
        &self,
        articles: &'a [ArticleText],
        is_cited: &impl Fn(&ArticleText) -> bool,
        distance: &impl Fn(&ArticleText) -> u32,
    ) -> Vec<&'a ArticleText> {
        let wanted = PairSet::new(self.quotes.iter().flat_map(Quote::pairs).collect());
        let mut seen = vec![0; wanted.pairs.len()];
        let mut ranked = Vec::new();
        for (round, article) in (1..).zip(articles) {
            let mut shared = 0_usize;
            for pair in pairs(article.letters()) {
                if let Some(at) = wanted.find(pair)
                    && seen[at] != round
                {
                    seen[at] = round;
                    shared += 1;
                }
            }
            if shared > 0 && !is_cited(article) {
                ranked.push((Reverse(shared), distance(article), article));
            }
        }
        ranked.sort_by_key(|&(shared, distance, _)| (shared, distance));
        ranked.truncate(COMPARED);
        ranked.into_iter().map(|(.., article)| article).collect()
    }
}

/// The figures in letters: 五千元, 15日, 三倍.
///
/// An amendment often changes a fine or a term and nothing else, and parallel articles differ in little more. That is lost in a
/// share of letters, so figures are compared by themselves. Numbers of articles are none: they change with every insertion.
fn figures(letters: &[char]) -> impl Iterator<Item = Pair> + '_ {
    letters.windows(2).filter(|pair| is_number(pair[0]) && is_unit(pair[1])).flat_map(pairs)
}

/// Pairs of letters, to be looked up for every letter of a statute: nearly all are turned away by one bit.
struct PairSet {
    pairs: Vec<Pair>,
    bits: Box<[u64; 1024]>,
}

impl PairSet {
    fn new(mut pairs: Vec<Pair>) -> PairSet {
        pairs.sort_unstable();
        pairs.dedup();
        let mut bits = Box::new([0; 1024]);
        for &pair in &pairs {
            let (word, bit) = PairSet::place(pair);
            bits[word] |= 1 << bit;
        }
        PairSet { pairs, bits }
    }

    fn find(&self, pair: Pair) -> Option<usize> {
        let (word, bit) = PairSet::place(pair);
        if (self.bits[word] >> bit) & 1 == 0 {
            return None;
        }
        self.pairs.binary_search(&pair).ok()
    }

    /// One of 65,536 bits.
    fn place(pair: Pair) -> (usize, u64) {
        let hash = pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48;
        ((hash >> 6) as usize, hash & 63)
    }
}
