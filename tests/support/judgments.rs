//! Judged queries and how an answer to them is scored.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;

use super::Built;

/// A query with the units that answer it.
#[derive(Deserialize)]
pub struct Judged {
    /// Its name in the tables.
    pub id: String,
    /// What is typed.
    pub query: String,
    /// What sort of query it is.
    pub kind: String,
    /// Paths inside the document, or whole identifiers, with a grade from 1 (touches on it) to 3 (answers it).
    pub relevant: Vec<Relevant>,
}

/// A unit and how well it answers.
#[derive(Deserialize)]
pub struct Relevant {
    /// Its path inside the document, or its identifier.
    pub id: String,
    /// From 1 to 3.
    pub grade: u32,
}

/// How well a query was answered.
pub struct Score {
    /// The rank of the first unit of the highest grade, from one.
    pub rank: Option<usize>,
    /// nDCG of the first ten, graded.
    pub ndcg: f64,
    /// Whether a unit of the highest grade comes first; for a query that nothing answers, whether nothing was returned.
    pub success: bool,
    /// The same for the first three.
    pub near: bool,
}

/// The judged queries of a file.
pub fn read(path: &Path) -> Vec<Judged> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

impl Judged {
    /// Asks the query and scores the answer; identifiers are judged without `document`'s own, or whole if that is empty.
    ///
    /// A unit without a grade stands in for a judged ancestor or descendant at one grade less; each judged unit counts
    /// once, and only the rest of its gain after a stand-in.
    pub fn score(&self, built: &Built, document: &str) -> Score {
        let mut seen = HashSet::new();
        let ids: Vec<String> = built
            .all_ids(&self.query)
            .into_iter()
            .map(|id| id.strip_prefix(&format!("{document}/")).unwrap_or(&id).to_owned())
            .filter(|id| seen.insert(id.clone()))
            .collect();
        if self.relevant.is_empty() {
            let right = ids.is_empty();
            return Score { rank: None, ndcg: f64::from(u8::from(right)), success: right, near: right };
        }
        let graded: HashMap<&str, u32> =
            self.relevant.iter().map(|relevant| (relevant.id.as_str(), relevant.grade)).collect();
        let gain = |grade: u32| f64::from(2_u32.pow(grade)) - 1.0;
        let mut left: HashMap<&str, f64> = graded.iter().map(|(&id, &grade)| (id, gain(grade))).collect();
        let mut dcg = 0.0;
        for (at, id) in ids.iter().take(10).enumerate() {
            let worth = if graded.contains_key(id.as_str()) {
                left.remove(id.as_str()).unwrap_or(0.0)
            } else {
                let near =
                    |judged: &&str| judged.starts_with(&format!("{id}/")) || id.starts_with(&format!("{judged}/"));
                let stands_for = graded
                    .iter()
                    .filter(|(judged, grade)| near(judged) && left.get(**judged) == Some(&gain(**grade)))
                    .max_by_key(|(judged, grade)| (**grade, std::cmp::Reverse(**judged)));
                stands_for.map_or(0.0, |(&judged, &grade)| {
                    let worth = gain(grade - 1);
                    left.entry(judged).and_modify(|left| *left -= worth);
                    worth
                })
            };
            dcg += worth / ((at + 2) as f64).log2();
        }
        let mut grades: Vec<u32> = graded.values().copied().collect();
        grades.sort_unstable_by(|a, b| b.cmp(a));
        let ideal: f64 =
            grades.iter().take(10).enumerate().map(|(at, &grade)| gain(grade) / ((at + 2) as f64).log2()).sum();
        let best = grades[0];
        let rank = ids.iter().position(|id| graded.get(id.as_str()) == Some(&best)).map(|at| at + 1);
        Score { rank, ndcg: dcg / ideal, success: rank == Some(1), near: rank.is_some_and(|rank| rank <= 3) }
    }
}

/// One line a query, then the means by kind and in all. The queries' words stand in it with `words`.
pub fn table(judged: &[Judged], scores: &[Score], words: bool) -> String {
    let mut table = String::from("# id\tkind\trank of the first best answer\tnDCG@10\tquery\n");
    for (query, score) in judged.iter().zip(scores) {
        let rank = score.rank.map_or("-".to_owned(), |rank| rank.to_string());
        let text = if words { &query.query } else { "" };
        writeln!(table, "{}\t{}\t{rank}\t{:.2}\t{text}", query.id, query.kind, score.ndcg).expect("text grows");
    }
    let mut kinds: Vec<&str> = judged.iter().map(|query| query.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds.into_iter().map(Some).chain([None]) {
        let of_kind = || judged.iter().zip(scores).filter(|(query, _)| kind.is_none_or(|kind| query.kind == kind));
        let count = of_kind().count() as f64;
        let ndcg: f64 = of_kind().map(|(_, score)| score.ndcg).sum::<f64>() / count;
        let success = of_kind().filter(|(_, score)| score.success).count() as f64 / count;
        let near = of_kind().filter(|(_, score)| score.near).count() as f64 / count;
        let kind = kind.unwrap_or("all");
        writeln!(table, "# {kind}: {count} queries, nDCG@10 {ndcg:.3}, success@1 {success:.3}, success@3 {near:.3}")
            .expect("text grows");
    }
    table
}
