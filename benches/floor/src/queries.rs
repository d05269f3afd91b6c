//! From a corpus and people's questions to the queries that both programs are measured with.

use std::collections::HashSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use tantivy_jieba::jieba_rs::Jieba;

use crate::corpus::{self, Article};

/// Queries of each sort.
const QUERIES: usize = 500;
/// Draws in vain before a corpus counts as too small.
const MOST_DRAWS: usize = 100 * QUERIES;

/// Writes `keywords.txt` and `questions.txt` to `folder`, `id<TAB>query` a line. One corpus always gives the same queries.
pub(crate) fn write(corpus: &Path, questions: &Path, folder: &Path) -> anyhow::Result<()> {
    let mut articles = Vec::new();
    for file in corpus::files(corpus)? {
        articles.extend(corpus::articles(&file)?);
    }
    ensure!(!articles.is_empty(), "no articles in `{}`", corpus.display());
    let mut keywords = String::new();
    for (number, word) in draw(&articles)?.iter().enumerate() {
        writeln!(keywords, "k{number}\t{word}")?;
    }
    let all = fs::read_to_string(questions).with_context(|| format!("cannot read `{}`", questions.display()))?;
    let first: String = all.lines().take(QUERIES).flat_map(|line| [line, "\n"]).collect();
    fs::create_dir_all(folder).with_context(|| format!("cannot write `{}`", folder.display()))?;
    fs::write(folder.join("keywords.txt"), keywords)?;
    fs::write(folder.join("questions.txt"), first)?;
    Ok(())
}

/// Draws an article, then one of the dictionary's words in it, until there are enough different ones. A word is thus as
/// likely as it is common.
fn draw(articles: &[Article]) -> anyhow::Result<Vec<String>> {
    let jieba = Jieba::new();
    let mut random = Random(0x6c61_7763_6974_6531);
    let mut seen = HashSet::new();
    let mut words = Vec::new();
    for _ in 0..MOST_DRAWS {
        let article = &articles[random.below(articles.len())];
        let cut = jieba.cut(&article.text, false);
        let eligible: Vec<&str> = cut.into_iter().map(|token| token.word).filter(|word| is_keyword(word)).collect();
        if eligible.is_empty() {
            continue;
        }
        let word = eligible[random.below(eligible.len())];
        if seen.insert(word.to_owned()) {
            words.push(word.to_owned());
        }
        if words.len() == QUERIES {
            return Ok(words);
        }
    }
    anyhow::bail!("only {} different words of 2 to 4 characters: give a larger corpus", words.len())
}

/// Whether a word has 2 to 4 characters, all of them Chinese. jieba without its guesses leaves what it does not know as
/// single characters.
fn is_keyword(word: &str) -> bool {
    (2..=4).contains(&word.chars().count()) && word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// SplitMix64: the same numbers everywhere and for ever, which libraries do not promise.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}
