//! `lawcite audit`.

use std::io::Write;

use anyhow::Context;
use lawcite_search_api::export::{audit_tables, marked, place};
use lawcite_search_api::links::Links;
use lawcite_search_api::wire::{self, AuditRequest, AuditResponse, AuditedCitation};

use crate::arguments::AuditArguments;
use crate::report;

pub(crate) fn run(arguments: &AuditArguments) -> anyhow::Result<()> {
    let index = arguments.index.open()?;
    let request = AuditRequest { finding: arguments.finding.clone() };
    let id = arguments.document.trim_matches('/');
    let audit = wire::audit(&index, &Links::relative(), id, &request)?
        .with_context(|| format!("there is no list `{id}`: a list is called as its file, without the ending"))?;
    report::write(&arguments.report, &audit, || audit_tables(&audit), |out| print(out, &audit))
}

fn print(out: &mut dyn Write, audit: &AuditResponse) -> std::io::Result<()> {
    writeln!(out, "{}\n{} · {}", audit.document.title, audit.document.id, audit.day)?;
    let counts = audit.totals.findings.iter().map(|count| format!("{} {}", count.label, count.count));
    writeln!(out, "{} citations: {}", audit.totals.citations, counts.collect::<Vec<_>>().join("、"))?;
    for citation in &audit.citations {
        print_citation(out, citation)?;
    }
    if !audit.faults.is_empty() {
        writeln!(out, "\n{} faults of drafting", audit.faults.len())?;
    }
    for fault in &audit.faults {
        let words = one_line(&fault.text);
        let instead = fault.instead.as_ref().map(|instead| format!(" → {instead}")).unwrap_or_default();
        writeln!(out, "\n[{}] {words}{instead}\n   {} · {}", fault.rule.name(), fault.label, fault.standard)?;
        writeln!(out, "   {} ({})", fault.unit, place(&fault.place))?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn print_citation(out: &mut dyn Write, citation: &AuditedCitation) -> std::io::Result<()> {
    let words = one_line(&citation.text);
    writeln!(out, "\n[{}] {words}\n   {} ({})", citation.finding.label(), citation.unit, place(&citation.place))?;
    if let Some(successor) = &citation.successor {
        let name = successor.name.as_deref().unwrap_or("—");
        writeln!(out, "   → {name} {}", successor.date.as_deref().unwrap_or_default())?;
    }
    if let Some(law) = citation.present.as_ref().filter(|_| citation.finding.calls_for_change()) {
        writeln!(out, "   → {} {}", law.id, law.label.as_deref().unwrap_or_default())?;
    }
    if !citation.difference.is_empty() {
        writeln!(out, "   {}", marked(&citation.difference))?;
    }
    Ok(())
}
