//! Reports: printed for people, as JSON, or written as tables.

use std::fs::File;
use std::io::{BufWriter, Write};

use anyhow::Context;
use lawcite_search_api::export::{self, Table};
use serde::Serialize;

use crate::arguments::{ReportArguments, ReportFormat};

/// Writes `answer` in the form asked for: as JSON, as `tables`, or as `print` prints it.
pub(crate) fn write(
    arguments: &ReportArguments,
    answer: &impl Serialize,
    tables: impl Fn() -> Vec<Table>,
    print: impl Fn(&mut dyn Write) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let mut out: Box<dyn Write> = match &arguments.output {
        Some(path) => Box::new(File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut out = BufWriter::new(&mut out);
    match arguments.format {
        _ if arguments.json => {
            writeln!(out, "{}", serde_json::to_string_pretty(answer)?)?;
        }
        ReportFormat::Text => print(&mut out)?,
        ReportFormat::Csv => out.write_all(&export::csv(&tables()))?,
        ReportFormat::Xlsx => out.write_all(&export::xlsx(&tables())?)?,
    }
    out.flush()?;
    Ok(())
}
