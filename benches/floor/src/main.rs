//! The floor: statutes in tantivy with tantivy-jieba, in the plainest way. README.md says what it is for.

mod corpus; // files → articles
mod index; // articles → index
mod queries; // articles and questions → the queries to measure with
mod search; // index and queries → microseconds

use std::path::Path;

use anyhow::bail;

use crate::search::Mode;

const USAGE: &str = "usage:
  floor build CORPUS INDEX                            CORPUS is a folder of Markdown, or JSONL with `law` and `text`
  floor queries CORPUS QUESTIONS.tsv FOLDER           writes keywords.txt and questions.txt
  floor search INDEX QUERIES [--top10|--exhaustive]   a line a query, on one thread, after a pass to warm up";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["build", corpus, index] => index::build(Path::new(corpus), Path::new(index)),
        ["queries", corpus, questions, folder] => {
            queries::write(Path::new(corpus), Path::new(questions), Path::new(folder))
        }
        ["search", index, queries] | ["search", index, queries, "--top10"] => {
            search::run(Path::new(index), Path::new(queries), Mode::Top10)
        }
        ["search", index, queries, "--exhaustive"] => {
            search::run(Path::new(index), Path::new(queries), Mode::Exhaustive)
        }
        _ => bail!(USAGE),
    }
}
