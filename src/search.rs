//! `lawcite search`.

use std::io::{BufWriter, IsTerminal, Write};

use lawcite_core::index::{Hit, Index, Results, Segment};
use lawcite_core::query::{Filter, Interpretation, Origin, PlanOptions, QueryPlan, Sought, UnderstandOptions, Window};
use lawcite_core::unit::Detail;
use lawcite_search_api::wire::notices;

use crate::arguments::SearchArguments;
use crate::batch;

pub(crate) fn run(arguments: SearchArguments) -> anyhow::Result<()> {
    if let Some(file) = &arguments.batch {
        return batch::run(&arguments, file);
    }
    let query = arguments.query.as_deref().unwrap_or_default();
    let index = arguments.index.open()?;
    if arguments.json {
        return crate::show::print_search(&index, &arguments, query);
    }
    let understanding = UnderstandOptions { expand: arguments.expand, ..UnderstandOptions::default() };
    let interpretation = index.understand(query, &understanding)?;
    let options = PlanOptions {
        filter: Filter { kinds: arguments.kind, ..Filter::default() },
        window: Window {
            limit: arguments.limit,
            collapse: arguments.collapse,
            explain: arguments.explain,
            ..Window::default()
        },
    };
    let plan = QueryPlan::new(&interpretation, options);
    let results = index.search(&interpretation, &plan)?;
    let style = if std::io::stdout().is_terminal() { Style::Colours } else { Style::Plain };
    let notices = notices(&index, &interpretation, &results)?;
    print(&index, &interpretation, &results, &notices, style)?;
    Ok(())
}

/// How marks look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// On a terminal.
    Colours,
    /// In a file or a pipe.
    Plain,
}

fn print(
    index: &Index,
    interpretation: &Interpretation,
    results: &Results,
    notices: &[String],
    style: Style,
) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let understood = understood(interpretation);
    if !understood.is_empty() {
        writeln!(out, "{}", understood.join("  "))?;
    }
    writeln!(out, "{} hits in {} µs", results.total, results.timing.search + results.timing.highlight)?;
    for notice in notices {
        writeln!(out, "{notice}")?;
    }
    for (rank, hit) in results.hits.iter().enumerate() {
        print_hit(&mut out, index, rank + 1, hit, style)?;
    }
    if results.total == 0 && !results.weak.is_empty() {
        writeln!(out, "\nNothing answers this. Nearest:")?;
        for (rank, hit) in results.weak.iter().enumerate() {
            print_hit(&mut out, index, rank + 1, hit, style)?;
        }
    }
    out.flush()
}

/// What was looked for beyond the words typed: 社保 → 社会保险.
fn understood(interpretation: &Interpretation) -> Vec<String> {
    let steps = interpretation.concepts.iter().filter_map(|concept| {
        let expanded = |origin: Origin| !matches!(origin, Origin::Typed);
        let words: Vec<&str> = concept
            .alternatives
            .iter()
            .filter(|alternative| expanded(alternative.origin))
            .filter_map(|alternative| match &alternative.sought {
                Sought::Letters(letters) => Some(letters.as_str()),
                Sought::Number(_) | Sought::Place(_) => None,
            })
            .collect();
        (!words.is_empty()).then(|| format!("{} → {}", concept.from, words.join("、")))
    });
    steps.collect()
}

fn print_hit(out: &mut impl Write, index: &Index, rank: usize, hit: &Hit, style: Style) -> std::io::Result<()> {
    let heading = marked(&hit.heading, style);
    writeln!(out, "\n{rank}. {heading}  [{}]  {:.2}", hit.unit.kind.label(), hit.score)?;
    for clause in &hit.clauses {
        writeln!(out, "   {}", marked(&clause.segments, style).trim_end().replace('\n', "\n   "))?;
    }
    // The path of an article begins with its statute.
    let header =
        hit.unit.id.split('/').next().and_then(|id| index.header(id)).filter(|header| header.statute.is_none());
    let document = header.map(|header| header.title.as_str());
    let path = hit.unit.path.iter().map(|ancestor| ancestor.label.as_str());
    writeln!(out, "   {}", document.into_iter().chain(path).collect::<Vec<_>>().join(" › "))?;
    writeln!(out, "   {}", hit.unit.id)?;
    if let Detail::Cell { rows, .. } = &hit.unit.detail {
        writeln!(out, "   applies to {} rows", rows.len() + hit.also_rows)?;
    } else if hit.also_total > 0 {
        writeln!(out, "   also: {}", hit.also.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(" "))?;
    }
    for part in &hit.explain {
        writeln!(out, "   {:+8.3}  {} ({}, {})", part.value, part.why, part.signal, part.field)?;
    }
    Ok(())
}

fn marked(segments: &[Segment], style: Style) -> String {
    let (open, close) = match style {
        Style::Colours => ("\u{1b}[1;33m", "\u{1b}[0m"),
        Style::Plain => ("[", "]"),
    };
    segments
        .iter()
        .map(|segment| if segment.marked { format!("{open}{}{close}", segment.text) } else { segment.text.clone() })
        .collect()
}
