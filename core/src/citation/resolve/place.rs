//! Which article takes the place of one whose words no article has any longer.

use std::collections::HashMap;

use super::align::{Pair, Quote, pairs};
use super::texts::ArticleText;

/// The article that is about what is quoted, though it says so in other words; `None` unless one is, and no other is nearly
/// as much.
///
/// Articles of one statute share most of their words: who fines, how much, who is liable. What an article is about are the
/// words that few others have. So each pair of letters weighs as much as it is rare in the statute.
pub fn article_in_place<'a>(articles: &'a [ArticleText], quoted: &[&str]) -> Option<&'a ArticleText> {
    let mut wanted: HashMap<Pair, (usize, usize)> = HashMap::new();
    for quote in quoted.iter().map(|words| Quote::new(words)) {
        wanted.extend(quote.pairs().map(|pair| (pair, (0, 0))));
    }
    // How many articles have each, and which was the last.
    let mut shared: Vec<Vec<Pair>> = Vec::with_capacity(articles.len());
    for (round, article) in (1..).zip(articles) {
        let mut own = Vec::new();
        for pair in pairs(article.letters()) {
            if let Some((having, last)) = wanted.get_mut(&pair).filter(|(_, last)| *last != round) {
                (*having, *last) = (*having + 1, round);
                own.push(pair);
            }
        }
        shared.push(own);
    }
    let weight = |pair: &Pair| (1.0 + articles.len() as f64 / (1.0 + wanted[pair].0 as f64)).ln();
    let all: f64 = wanted.keys().map(weight).sum();
    let mut ranked: Vec<(f64, &ArticleText)> =
        shared.iter().map(|pairs| pairs.iter().map(weight).sum::<f64>() / all).zip(articles).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (share, best) = *ranked.first()?;
    let next = ranked.get(1).map_or(0.0, |&(share, _)| share);
    (share >= IN_PLACE && share >= next * CLEARLY).then_some(best)
}

/// The least share of the weight of all pairs. Articles that were reworded keep 0.6 to 0.9 of it, those that were written anew
/// 0.1 to 0.5.
const IN_PLACE: f64 = 0.5;
/// So many times what the next article has: where two come near, neither is the one.
const CLEARLY: f64 = 1.5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_article_is_about_tells_which_one_it_is() {
        let articles = [
            ("1", "国家鼓励垃圾分类。"),
            ("2", "违反本法规定，乱扔旧纸的，由街道办事处责令改正，处五十元罚款。"),
            ("3", "违反本法规定，毁坏垃圾桶，在垃圾桶上涂写、张贴的，由街道办事处责令改正，处一百元罚款。"),
            ("4", "违反本法规定，焚烧旧瓶、旧纸的，由街道办事处责令改正，处二百元罚款。"),
        ]
        .map(|(key, text)| ArticleText::new(key, text));
        for (name, quoted, expected) in [
            (
                "another fine, another office",
                "违反本法规定，毁坏垃圾桶，在垃圾桶上涂写的，由居委会责令改正，处五十元罚款。",
                Some("3"),
            ),
            ("about nothing that is there", "违反本法规定，占用车位的，由街道办事处责令改正，处五十元罚款。", None),
            ("about two of them", "旧纸", None),
            ("nothing", "", None),
        ] {
            assert_eq!(article_in_place(&articles, &[quoted]).map(ArticleText::key), expected, "{name}");
        }
        assert_eq!(article_in_place(&[], &["毁坏垃圾桶的"]), None);
    }
}
