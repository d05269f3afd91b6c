//! What the seed's provisions mean in the corpus of statutes: `tests/quality/resolution.tsv`.
//!
//! A line a provision, each judged by reading the list and the statute: outcome, status and verdict are right. A change that
//! moves a line fails here until the table is written anew, so that a diff shows what it did:
//! `LAWCITE_BLESS=1 cargo test --test resolution`. The statutes are data that the repository does not have; without them
//! nothing is compared.

mod support;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lawcite_core::citation::resolve::{ArticleText, Catalogue, CitingContext, Reference, Resolver, Texts};
use lawcite_core::lexicon::{Lexicon, LexiconFiles};
use lawcite_core::responsibility::{Citation, Provision, ResponsibilityList};
use lawcite_core::statute::{Statute, StatuteHeader, merge};
use lawcite_indexer::source::{blocks, read_source};
use lawcite_indexer::{responsibility, statute};
use support::{SEED, root, shared_data};

const TABLE: &str = "tests/quality/resolution.tsv";
const HEAD: &str = "unit\tcited\toutcome\tstatus\tverdict\tids\tmoved to\tsuccessor\n";
/// What is in force is told for this day, so that the table does not change overnight.
const TODAY: &str = "2025-12-31";

/// The corpus, as an index would give it.
struct Corpus {
    statutes: BTreeMap<String, (StatuteHeader, Arc<[ArticleText]>)>,
}

impl Texts for Corpus {
    type Error = Infallible;

    fn articles(&self, document: &str) -> Result<Arc<[ArticleText]>, Infallible> {
        Ok(self.statutes.get(document).map(|(_, articles)| articles.clone()).unwrap_or_default())
    }
}

impl Corpus {
    fn read(folder: &Path) -> Corpus {
        let files = files(folder);
        let (first, second) = files.split_at(files.len() / 2);
        let parsed: Vec<Statute> = std::thread::scope(|scope| {
            let second = scope.spawn(|| parse_all(second));
            let mut parsed = parse_all(first);
            parsed.append(&mut second.join().expect("no file is too odd"));
            parsed
        });
        let mut by_id: BTreeMap<String, Vec<Statute>> = BTreeMap::new();
        for statute in parsed {
            by_id.entry(statute.id()).or_default().push(statute);
        }
        let statutes = by_id.into_iter().map(|(id, parts)| {
            let statute = merge(parts).expect("files of one version are parts or copies of it").statute;
            let header = statute.header().statute.expect("a statute says so");
            (id, (header, articles(&statute)))
        });
        Corpus { statutes: statutes.collect() }
    }

    fn catalogue(&self) -> Catalogue {
        Catalogue::new(self.statutes.iter().map(|(id, (header, _))| (id.as_str(), header)))
    }
}

fn articles(statute: &Statute) -> Arc<[ArticleText]> {
    let key = |id: &str| id.rsplit_once("/article/").map(|(_, key)| key.to_owned());
    let units = statute.units();
    let articles = units.iter().filter_map(|unit| Some(ArticleText::new(&key(&unit.id)?, &unit.passage.text)));
    articles.collect()
}

fn parse_all(files: &[PathBuf]) -> Vec<Statute> {
    let read = |path: &PathBuf| {
        let source = read_source(path).expect("text");
        statute::is_statute(source.text()).then(|| statute::parse(&source))
    };
    files.iter().filter_map(read).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of statutes").flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.retain(|path| path.file_stem().is_some_and(|stem| stem != "_index"));
    files.sort();
    files
}

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
