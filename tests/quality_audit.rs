//! Are quotations in real lists judged rightly? `tests/quality/audit.tsv`.
//!
//! A hundred quotations of the ten workbooks, sampled at random among those of statutes whose text is there, and judged by
//! reading the law before the tool was asked. The workbooks and the statutes are data that the repository does not have;
//! without them nothing is compared. `LAWCITE_SAMPLE=FILE cargo test --test quality_audit` draws the same sample again, with
//! all words that are quoted, and says nothing of the verdicts.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use calamine::{Reader, open_workbook_auto_from_rs};
use lawcite_core::audit::{CheckedCitation, audit};
use lawcite_core::citation::resolve::Resolver;
use lawcite_core::document::DocumentHeader;
use lawcite_core::lexicon::{Lexicon, LexiconFiles};
use lawcite_core::unit::{Detail, Kind, Passage, Unit};
use support::corpus::Corpus;
use support::{root, shared_data};

const TABLE: &str = "tests/quality/audit.tsv";
const SEED: u64 = 20_151_130;
const SAMPLED: usize = 100;
const RIGHT_AT_LEAST: usize = 95;
/// What is law is told for this day.
const TODAY: &str = "2025-12-31";

/// The cells of a workbook, each a unit: `14.xls/附表1/R12C5`.
fn cells(path: &Path) -> Vec<Unit> {
    let bytes = std::fs::read(path).expect("a workbook");
    let mut book = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let mut units = Vec::new();
    for (sheet, range) in book.worksheets() {
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let (row, column) = (row + top as usize + 1, column + left as usize + 1);
            units.push(Unit {
                id: format!("{name}/{sheet}/R{row}C{column}"),
                kind: Kind::Row,
                passage: Passage { text: cell.to_string(), pieces: Vec::new() },
                path: Vec::new(),
                detail: Detail::Plain,
            });
        }
    }
    units
}

/// All citations of the ten workbooks.
fn citations(lists: &Path, resolver: &Resolver<'_, Corpus>) -> Vec<CheckedCitation> {
    let mut books: Vec<_> = std::fs::read_dir(lists).expect("a folder").flatten().map(|entry| entry.path()).collect();
    books.sort();
    let header = DocumentHeader::default();
    let audited =
        books.iter().map(|book| audit(resolver, &header, &cells(book)).unwrap_or_else(|never| match never {}));
    audited.flat_map(|audit| audit.citations).collect()
}

/// What tells a quotation from the others, in its own cell: the place, the citation and the first words.
fn key(citation: &CheckedCitation) -> String {
    const SHOWN: usize = 24;
    let places: Vec<String> = citation.provisions.iter().map(ToString::to_string).collect();
    let quoted: String =
        citation.checked.quoted.iter().flat_map(|words| words.chars()).filter(|c| !c.is_whitespace()).collect();
    let first: String = quoted.chars().take(SHOWN).collect();
    format!("{}\t{}\t{}\t{first}", citation.unit, citation.statute.as_deref().unwrap_or_default(), places.join("、"))
}

/// A hundred quotations of statutes that have a name in `names`, the same words quoted alike counted once.
fn sample<'c>(citations: &'c [CheckedCitation], names: &BTreeSet<String>) -> Vec<&'c CheckedCitation> {
    let mut seen = BTreeSet::new();
    let mut quoting: Vec<&CheckedCitation> = citations
        .iter()
        .filter(|citation| citation.statute.as_ref().is_some_and(|statute| names.contains(statute)))
        .filter(|citation| citation.checked.quoted.is_some())
        .filter(|citation| seen.insert((&citation.statute, &citation.provisions, &citation.checked.quoted)))
        .collect();
    fastrand::Rng::with_seed(SEED).shuffle(&mut quoting);
    quoting.truncate(SAMPLED);
    quoting
}

#[test]
fn quotations_are_judged_as_a_reader_judges_them() {
    let (Some(statutes), Some(lists)) = (shared_data("statutes"), shared_data("lists")) else { return };
    let corpus = Corpus::read(&statutes);
    let catalogue = corpus.catalogue();
    let (lexicon, _) = Lexicon::parse(&LexiconFiles::read(&root("seeds/lexicon")).expect("the lexicon"));
    let resolver = Resolver { catalogue: &catalogue, succession: lexicon.succession(), texts: &corpus, today: TODAY };
    let citations = citations(&lists, &resolver);
    if let Some(path) = std::env::var_os("LAWCITE_SAMPLE") {
        let mut drawn = String::new();
        for citation in sample(&citations, &corpus.names()) {
            let quoted = citation.checked.quoted.as_deref().unwrap_or_default().replace('\n', "\\n");
            writeln!(drawn, "{}\t{}\t{quoted}", key(citation), citation.words.replace('\n', " ")).expect("a string");
        }
        std::fs::write(path, drawn).expect("the sample can be written");
        return;
    }
    let found: BTreeMap<String, &CheckedCitation> =
        citations.iter().map(|citation| (key(citation), citation)).collect();
    let table = std::fs::read_to_string(root(TABLE)).expect("the table");
    let (mut judged, mut wrong) = (0, String::new());
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[unit, statute, places, first, verdict, reason] = &columns[..] else { panic!("six columns: {line}") };
        judged += 1;
        let found = found.get(&format!("{unit}\t{statute}\t{places}\t{first}"));
        let finding = found.map_or("not found", |citation| citation.checked.finding.name());
        if finding != verdict {
            writeln!(wrong, "{finding}, not {verdict} ({reason}): {unit} 《{statute}》{places} {first}")
                .expect("a string");
        }
    }
    let right = judged - wrong.lines().count();
    println!("{right} of {judged} right\n{wrong}");
    assert!(judged == SAMPLED && right >= RIGHT_AT_LEAST, "{right} of {judged} right\n{wrong}");
}
