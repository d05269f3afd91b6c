//! From articles to an index.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};
use serde::Serialize;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, doc};
use tantivy_jieba::JiebaTokenizer;

use crate::corpus;

const TOKENIZER: &str = "jieba";

/// What all threads may hold before they write: the same as `WRITER_MEMORY_BYTES` in `core/src/index/writer.rs`.
const WRITER_MEMORY_BYTES: usize = 200 << 20;
/// The most threads that write, likewise.
const MOST_THREADS: usize = 8;

#[derive(Clone, Copy)]
pub(crate) struct Fields {
    id: Field,
    pub(crate) title: Field,
    pub(crate) text: Field,
}

/// What a build did.
#[derive(Serialize)]
struct Summary {
    /// Bytes of the articles' text, without titles.
    text_bytes: usize,
    documents: usize,
    segments: usize,
    threads: usize,
    seconds: f64,
    mb_per_second: f64,
    index_bytes: u64,
}

/// Builds `folder` anew from `corpus` and says in JSON how that went.
pub(crate) fn build(corpus: &Path, folder: &Path) -> anyhow::Result<()> {
    let started = Instant::now();
    fs::create_dir_all(folder).with_context(|| format!("cannot write `{}`", folder.display()))?;
    ensure!(fs::read_dir(folder)?.next().is_none(), "`{}` is not empty: name another folder", folder.display());
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    register(&index);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let mut writer = index.writer_with_num_threads::<tantivy::TantivyDocument>(threads, WRITER_MEMORY_BYTES)?;
    let (mut documents, mut text_bytes) = (0, 0);
    for file in corpus::files(corpus)? {
        for article in corpus::articles(&file)? {
            text_bytes += article.text.len();
            writer.add_document(doc!(
                fields.id => documents.to_string(),
                fields.title => article.title,
                fields.text => article.text,
            ))?;
            documents += 1;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let seconds = started.elapsed().as_secs_f64();
    let summary = Summary {
        text_bytes,
        documents,
        segments: index.searchable_segment_ids()?.len(),
        threads,
        seconds,
        mb_per_second: text_bytes as f64 / 1e6 / seconds,
        index_bytes: bytes_of(folder)?,
    };
    println!("{}", serde_json::to_string(&summary)?);
    Ok(())
}

/// Opens what [`build`] wrote.
pub(crate) fn open(folder: &Path) -> anyhow::Result<(Index, Fields)> {
    let index = Index::open_in_dir(folder).with_context(|| format!("no floor index in `{}`", folder.display()))?;
    register(&index);
    let (_, fields) = schema();
    Ok((index, fields))
}

fn schema() -> (Schema, Fields) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextOptions::default().set_indexing_options(indexing);
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let title = schema.add_text_field("title", words.clone());
    let text = schema.add_text_field("text", words);
    (schema.build(), Fields { id, title, text })
}

/// The tokenizer as it comes: search mode, with guesses.
pub(crate) fn tokenizer() -> JiebaTokenizer {
    JiebaTokenizer::new()
}

fn register(index: &Index) {
    index.tokenizers().register(TOKENIZER, tokenizer());
}

fn bytes_of(folder: &Path) -> anyhow::Result<u64> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}
