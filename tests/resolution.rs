//! What the seed's provisions mean in the corpus of statutes: `tests/quality/resolution.tsv`.
//!
//! A line a provision, each judged by reading the list and the statute: outcome, status and verdict are right. A change that
//! moves a line fails here until the table is written anew, so that a diff shows what it did:
//! `LAWCITE_BLESS=1 cargo test --test resolution`. The statutes are data that the repository does not have; without them
//! nothing is compared.

mod support;

use std::fmt::Write;

use lawcite_core::citation::resolve::{CitingContext, Reference, Resolver};
use lawcite_core::lexicon::{Lexicon, LexiconFiles};
use lawcite_core::responsibility::{Citation, Provision, ResponsibilityList};
use lawcite_indexer::responsibility;
use lawcite_indexer::source::{blocks, read_source};
use support::corpus::Corpus;
use support::{SEED, root, shared_data};

const TABLE: &str = "tests/quality/resolution.tsv";
const HEAD: &str = "unit\tcited\toutcome\tstatus\tverdict\tids\tmoved to\tsuccessor\n";
/// What is in force is told for this day, so that the table does not change overnight.
const TODAY: &str = "2025-12-31";

fn seed() -> ResponsibilityList {
    let path = root("seeds/responsibility").join(SEED).with_extension("md");
    responsibility::parse(SEED, &blocks(&read_source(&path).expect("the seed")))
}

fn line(
    resolver: &Resolver<'_, Corpus>,
    list: &ResponsibilityList,
    citation: &Citation,
    provision: &Provision,
) -> String {
    let reference = Reference {
        statute: Some(&citation.statute),
        promulgation: citation.promulgation.as_ref(),
        number: None,
        provisions: &[provision.path],
    };
    let quoted: Vec<&str> = provision.circumstances.iter().map(|circumstance| circumstance.text.as_str()).collect();
    let context = CitingContext { as_of: list.date.as_deref(), this_statute: None, quoted: &quoted };
    let found = resolver.resolve_reference(&reference, &context).unwrap_or_else(|never| match never {});
    let unit = provision.id.strip_prefix(SEED).expect("a unit of the seed").trim_start_matches('/');
    let quotation = found.quotation.as_ref();
    let verdict = quotation.map_or("", |quotation| quotation.verdict.name());
    let moved_to = quotation.and_then(|quotation| quotation.moved_to.as_deref()).unwrap_or_default();
    let successor = found.successor.and_then(|successor| successor.name).unwrap_or_default();
    let (outcome, status, ids) = (found.outcome.name(), found.status.name(), found.ids.join(" "));
    format!(
        "{unit}\t{} {}\t{outcome}\t{status}\t{verdict}\t{ids}\t{moved_to}\t{successor}\n",
        citation.statute, provision.label
    )
}

#[test]
fn the_seeds_provisions_mean_what_the_table_says() {
    let Some(folder) = shared_data("statutes") else { return };
    let corpus = Corpus::read(&folder);
    let catalogue = corpus.catalogue();
    let (lexicon, _) = Lexicon::parse(&LexiconFiles::read(&root("seeds/lexicon")).expect("the lexicon"));
    let resolver = Resolver { catalogue: &catalogue, succession: lexicon.succession(), texts: &corpus, today: TODAY };
    let list = seed();
    let mut now = HEAD.to_owned();
    for citation in list.duties.iter().flat_map(|duty| &duty.citations) {
        for provision in &citation.provisions {
            now += &line(&resolver, &list, citation, provision);
        }
    }
    let path = root(TABLE);
    if std::env::var_os("LAWCITE_BLESS").is_some() {
        std::fs::write(&path, &now).expect("the table can be written");
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let mut changes = String::new();
    for (sign, from, other) in [('-', &before, &now), ('+', &now, &before)] {
        for line in from.lines().filter(|line| !other.lines().any(|same| same == *line)) {
            writeln!(changes, "{sign} {line}").expect("a string");
        }
    }
    assert!(before == now, "answers have changed; if for the better, write {TABLE} anew and commit\n{changes}");
}
