//! How well questions about the ten real workbooks are answered, and that boilerplate is shown once.
//! `LAWCITE_BLESS=1 cargo test --test quality_rows` writes the table anew.

mod support;

use std::collections::HashSet;
use std::fmt::Write;
use std::fs;
use std::sync::OnceLock;

use lawcite_search_api::links::Links;
use lawcite_search_api::wire::{AnswerGround, Clause, SearchRequest, SearchResponse, search};
use serde::Deserialize;
use support::{Built, Case, root, shared_data};

/// The index of the workbooks, `None` where they are not there.
fn workbooks() -> Option<&'static Built> {
    static BUILT: OnceLock<Option<Built>> = OnceLock::new();
    BUILT.get_or_init(|| shared_data("lists").map(|_| Case::seeds(&["../shared/data/lists"]).index())).as_ref()
}

fn ask(built: &Built, query: &str) -> SearchResponse {
    search(&built.index, &SearchRequest::new(query), &Links::relative()).expect("a readable index")
}

fn words(clauses: &[Clause]) -> String {
    clauses.iter().flat_map(|clause| &clause.segments).map(|segment| segment.text.as_str()).collect()
}

/// A question about who is liable.
#[derive(Deserialize)]
struct Question {
    id: String,
    query: String,
    /// The rows that answer it.
    rows: Vec<String>,
    /// Words of the circumstances that do.
    words: Vec<String>,
}

impl Question {
    fn is_answered_by(&self, id: &str, text: &str) -> bool {
        let of_row = |row: &String| id.strip_prefix(row).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.rows.iter().any(of_row) || self.words.iter().any(|words| text.contains(words.as_str()))
    }

    /// Whether a ground of the card is about what is asked and names the ladder.
    fn names_ladder(&self, ground: &AnswerGround) -> bool {
        let text: String = ground.clause.iter().map(|segment| segment.text.as_str()).collect();
        let rows = ground.applies_to.iter().flat_map(|applies| &applies.rows);
        let is_about = self.is_answered_by(&ground.unit, &text)
            || rows.filter_map(|row| row.id.as_ref()).any(|row| self.rows.contains(row));
        is_about && !ground.ladder.is_empty()
    }
}

#[test]
fn questions_about_liability_are_answered_as_the_table_says() {
    let Some(built) = workbooks() else { return };
    let questions = fs::read_to_string(root("tests/quality/queries/rows.jsonl")).expect("the questions");
    let mut table = String::from("# id\trank of the first answer\tladder in the card\tquery\n");
    let (mut count, mut near, mut ladders) = (0.0, 0.0, 0.0);
    for line in questions.lines() {
        let question: Question = serde_json::from_str(line).expect("a question");
        let answer = ask(built, &question.query);
        let rank = answer.hits.iter().position(|hit| question.is_answered_by(&hit.id, &words(&hit.clauses)));
        let grounds = answer.answer.iter().flat_map(|card| &card.grounds);
        let ladder = grounds.into_iter().any(|ground| question.names_ladder(ground));
        count += 1.0;
        near += f64::from(u8::from(rank.is_some_and(|rank| rank < 3)));
        ladders += f64::from(u8::from(ladder));
        let rank = rank.map_or("-".to_owned(), |rank| (rank + 1).to_string());
        let ladder = if ladder { "yes" } else { "-" };
        writeln!(table, "{}\t{rank}\t{ladder}\t{}", question.id, question.query).expect("text grows");
    }
    let (near, ladders) = (near / count, ladders / count);
    writeln!(table, "# {count} questions, success@3 {near:.3}, ladder in the card {ladders:.3}").expect("text grows");
    let path = root("tests/quality/rows.tsv");
    if std::env::var_os("LAWCITE_BLESS").is_some() {
        fs::write(&path, &table).expect("the table can be written");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), table);
    assert!(near >= 0.85 && ladders >= 0.85, "{near} {ladders}");
}

#[test]
fn boilerplate_is_shown_once() {
    let Some(built) = workbooks() else { return };
    for term in [
        "泄露",
        "玩忽职守",
        "索取或者收受他人财物",
        "内设机构负责人",
        "徇私舞弊",
        "依法依规实施",
        "应当组织听证",
        "第五章、第六章、第七章",
        "行政处罚裁量基准",
        "国家赔偿",
    ] {
        let answer = ask(built, term);
        let mut shown = HashSet::new();
        for hit in &answer.hits {
            let text = words(&hit.clauses);
            assert!(shown.insert(text.clone()), "{term}: {text}");
        }
        assert!(answer.total > 0, "{term}");
    }
}
