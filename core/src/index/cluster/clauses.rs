//! Clauses of queries as the cluster reads them.

use serde_json::{Value, json};

use super::schema::{GAP, TextField};
use crate::query::Phrase;

/// Who has a token.
pub(super) fn term(field: TextField, token: &str) -> Value {
    json!({ "term": { field.name(): token } })
}

/// The same, worth so much times its saturation.
pub(super) fn worth_term(field: TextField, token: &str, boost: f32) -> Value {
    json!({ "term": { field.name(): { "value": token, "boost": boost } } })
}

/// So many clauses a query has at most, where the cluster takes 1,024 unless somebody has told it to take more.
pub(super) const MOST_LEAVES: usize = 1000;

/// How many clauses of a query the cluster counts: those that hold no others. The filters of functions are counted each by itself.
pub(super) fn leaves(query: &Value) -> usize {
    match query {
        Value::Object(parts) => {
            let leaves = |(name, part): (&String, &Value)| match name.as_str() {
                "term" | "terms" | "match_phrase" | "match_all" | "match_none" => 1,
                "functions" => 0,
                _ => leaves(part),
            };
            parts.iter().map(leaves).sum()
        }
        Value::Array(parts) => parts.iter().map(leaves).sum(),
        _ => 0,
    }
}

/// So many pairs of a term are looked for: who has these has the rest, and the clauses of a query are few.
pub(super) const MOST_PAIRS: usize = 24;

/// Who has all pairs in a field.
pub(super) fn with_pairs(field: TextField, pairs: &[String]) -> Value {
    match &pairs[..pairs.len().min(MOST_PAIRS)] {
        [pair] => term(field, pair),
        pairs => all_of(pairs.iter().map(|pair| term(field, pair)).collect()),
    }
}

/// Who is among the hits of any.
pub(super) fn any_of(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        0 => json!({ "match_none": {} }),
        1 => queries.remove(0),
        _ => json!({ "bool": { "should": queries } }),
    }
}

/// Who is among the hits of all.
pub(super) fn all_of(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        0 => json!({ "match_all": {} }),
        1 => queries.remove(0),
        _ => json!({ "bool": { "filter": queries } }),
    }
}

/// What is worth so much, however often it is there.
pub(super) fn worth(query: &Value, boost: f32) -> Value {
    json!({ "constant_score": { "filter": query, "boost": boost } })
}

/// The best of these.
pub(super) fn best_of(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        0 => json!({ "match_none": {} }),
        1 => queries.remove(0),
        _ => json!({ "dis_max": { "queries": queries } }),
    }
}

/// Who has a phrase.
pub(super) fn phrase(phrase: &Phrase) -> Value {
    if phrase.has_letter_alone() {
        let letters = phrase.letters.iter().map(|&(c, position)| (c.to_string(), position));
        return side_by_side(TextField::Characters, letters);
    }
    phrase_near(phrase)
}

/// Who has a phrase as far as its pairs tell.
pub(super) fn phrase_near(phrase: &Phrase) -> Value {
    let mut pairs = phrase.bigrams().peekable();
    if pairs.peek().is_some() {
        return side_by_side(TextField::Bigrams, pairs);
    }
    all_of(phrase.letters.iter().map(|&(c, _)| term(TextField::Characters, &c.to_string())).collect())
}

/// Who has tokens at these positions, counted from wherever the first stands.
fn side_by_side(field: TextField, tokens: impl Iterator<Item = (String, u32)>) -> Value {
    let mut text = String::new();
    let mut next = None;
    for (token, position) in tokens {
        for _ in next.unwrap_or(position)..position {
            text.push_str(GAP);
            text.push(' ');
        }
        text.push_str(&token);
        text.push(' ');
        next = Some(position + 1);
    }
    json!({ "match_phrase": { field.name(): text } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_counted_as_the_cluster_does() {
        let pairs: Vec<String> = ["社会", "会保", "保险"].map(str::to_owned).into();
        let one = with_pairs(TextField::Bigrams, &pairs[..1]);
        let all = with_pairs(TextField::Bigrams, &pairs);
        assert_eq!((leaves(&one), leaves(&all)), (1, 3));
        assert_eq!(leaves(&best_of(vec![worth(&one, 2.0), worth(&all, 3.0)])), 4);
        assert_eq!(leaves(&json!({ "terms": { "document": ["a", "b"] } })), 1);
        let filtered = json!({ "function_score": { "query": one, "functions": [{ "filter": all, "weight": 2 }] } });
        assert_eq!(leaves(&filtered), 1);
        let long: Vec<String> = (0..100).map(|n| n.to_string()).collect();
        assert_eq!(leaves(&with_pairs(TextField::Heading, &long)), MOST_PAIRS);
    }
}
