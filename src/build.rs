//! `lawcite index`.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use lawcite_indexer::{BuildOptions, ColumnsRead, Progress, Quiet, Summary, build};

use lawcite_core::index::IndexFolder;
use lawcite_core::index::cluster::{ClusterFolder, FillOptions, Filled, Filling, Layout};

use crate::arguments::IndexArguments;
use crate::place::Backend;

/// Warnings printed one by one; the rest are counted.
const MOST_WARNINGS: usize = 20;

pub(crate) fn run(arguments: IndexArguments) -> anyhow::Result<()> {
    // What cannot be asked is found out before a long build, not after it.
    let cluster = match arguments.index.backend {
        Backend::Embedded => None,
        Backend::Opensearch => Some(arguments.index.cluster.folder()?),
    };
    if let Some(cluster) = &cluster {
        cluster.check()?;
    }
    let options = BuildOptions {
        paths: arguments.paths,
        index: arguments.index.path.clone(),
        lexicon: lexicon(&arguments.lexicon)?,
        full: arguments.full,
    };
    let summary = if std::io::stderr().is_terminal() {
        build(&options, &mut Bar(ProgressBar::hidden()))?
    } else {
        build(&options, &mut Quiet)?
    };
    warn(&summary);
    let mut out = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
    } else {
        for columns in &summary.columns {
            writeln!(out, "{}", describe_columns(columns))?;
        }
        writeln!(out, "{}", describe(&summary))?;
    }
    if let Some(cluster) = cluster {
        let layout = Layout { shards: arguments.shards, replicas: arguments.replicas };
        let options = FillOptions { layout, full: arguments.full };
        let filled = fill(&cluster, &IndexFolder::new(&arguments.index.path), options)?;
        if arguments.json {
            serde_json::to_writer(&mut out, &filled)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", describe_filled(&filled))?;
        }
    }
    Ok(())
}

/// Brings what was built into the cluster.
fn fill(cluster: &ClusterFolder, folder: &IndexFolder, options: FillOptions) -> anyhow::Result<Filled> {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} units sent, {per_sec}, {eta} left");
    bar.set_style(style.expect("a template"));
    let filled = cluster.fill(folder, options, &SentBar(&bar));
    bar.finish_and_clear();
    Ok(filled?)
}

struct SentBar<'b>(&'b ProgressBar);

impl Filling for SentBar<'_> {
    fn sent(&self, sent: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(sent);
    }
}

fn describe_filled(filled: &Filled) -> String {
    format!(
        "generation {} in the cluster: {} units, {} of them sent ({} kB) for {} documents that changed; {} kB stored in {:.2} s",
        filled.generation,
        filled.units,
        filled.sent,
        filled.bytes / 1000,
        filled.documents,
        filled.stored / 1000,
        filled.seconds,
    )
}

/// Which headings of a list of rows were known, and which were kept as text.
fn describe_columns(columns: &ColumnsRead) -> String {
    let known: Vec<String> = columns
        .known
        .iter()
        .map(
            |(heading, column)| {
                if column.label() == heading { heading.clone() } else { format!("{heading} ({})", column.label()) }
            },
        )
        .collect();
    let text = match columns.kept_as_text.as_slice() {
        [] => String::new(),
        headings => format!("; kept as text: {}", headings.join(", ")),
    };
    format!("{}: {} columns known: {}{text}", columns.file, known.len(), known.join(", "))
}

/// The lexicon's folder. The default one may be absent, one that was named may not.
fn lexicon(folder: &Path) -> anyhow::Result<Option<std::path::PathBuf>> {
    if folder.is_dir() {
        return Ok(Some(folder.to_owned()));
    }
    if folder == Path::new("seeds/lexicon") {
        tracing::warn!("no lexicon in `seeds/lexicon`: abbreviations and English will not be understood");
        return Ok(None);
    }
    anyhow::bail!("no lexicon in `{}`: check the path", folder.display())
}

fn describe(summary: &Summary) -> String {
    format!(
        "generation {}: {} documents, {} units, {} citations, {} warnings; {} kB from {} kB in {:.2} s{}",
        summary.generation,
        summary.documents,
        summary.units,
        summary.citations,
        summary.warnings.len(),
        summary.index_bytes / 1000,
        summary.source_bytes / 1000,
        summary.seconds,
        if summary.reused > 0 { format!(" ({} unchanged)", summary.reused) } else { String::new() },
    )
}

fn warn(summary: &Summary) {
    for warning in summary.warnings.iter().take(MOST_WARNINGS) {
        eprintln!("{}:{}: {}", warning.file, warning.line, warning.message);
    }
    if summary.warnings.len() > MOST_WARNINGS {
        eprintln!("… and {} more warnings; `--json` prints them all", summary.warnings.len() - MOST_WARNINGS);
    }
}

/// Progress for a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn show(&mut self, done: usize, total: usize, message: String) {
        if done == 0 {
            self.0 = ProgressBar::new(total as u64)
                .with_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}").expect("a template"));
        }
        self.0.set_position(done as u64);
        self.0.set_message(message);
    }
}

impl Progress for Bar {
    fn surveyed(&mut self, done: usize, total: usize) {
        self.show(done, total, "looking at the files".to_owned());
    }

    fn document(&mut self, done: usize, total: usize, current: &Path) {
        self.show(done, total, current.display().to_string());
    }

    fn publishing(&mut self) {
        self.0.set_message("completing the generation");
        self.0.finish_and_clear();
    }
}

/// Builds what `serve` needs where there is no index. In a process of its own: the dictionary that a build reads takes
/// 150 MB, which a server would keep to its end.
pub(crate) fn build_missing(seeds: &Path, index: &Path) -> anyhow::Result<()> {
    eprintln!("no index in `{}` yet: building it from `{}`", index.display(), seeds.display());
    let mut build = Command::new(std::env::current_exe()?);
    build.arg("index").arg(seeds).arg("--index").arg(index).stdout(std::io::stderr());
    let words = seeds.join("lexicon");
    if words.is_dir() {
        build.arg("--lexicon").arg(words);
    }
    let status = build.status().context("cannot build the index")?;
    anyhow::ensure!(status.success(), "cannot build the index");
    Ok(())
}
