//! `lawcite missed`.

use std::collections::HashMap;
use std::io::Write;

use anyhow::Context;
use lawcite_search_api::MissedQueries;

use crate::arguments::MissedArguments;

pub(crate) fn run(arguments: &MissedArguments) -> anyhow::Result<()> {
    let file = &arguments.file;
    let missed = MissedQueries::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for query in &missed {
        *counts.entry(query.query.trim()).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|(a, times_a), (b, times_b)| times_b.cmp(times_a).then(a.cmp(b)));
    let mut out = std::io::stdout().lock();
    for (query, times) in counts {
        // What was typed may hold anything, also what moves a terminal's cursor.
        let query: String = query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        writeln!(out, "{times}\t{query}")?;
    }
    Ok(())
}
