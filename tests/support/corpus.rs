//! The corpus of statutes beside the project, read in this process as an index would give it.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lawcite_core::audit::Law;
use lawcite_core::citation::resolve::{ArticleText, Catalogue, Texts};
use lawcite_core::statute::{Statute, StatuteHeader, merge};
use lawcite_indexer::source::read_source;
use lawcite_indexer::statute;

/// Statutes by identifier.
pub struct Corpus {
    statutes: BTreeMap<String, One>,
}

struct One {
    header: StatuteHeader,
    articles: Arc<[ArticleText]>,
    words: BTreeMap<String, String>,
}

impl Texts for Corpus {
    type Error = Infallible;

    fn articles(&self, document: &str) -> Result<Arc<[ArticleText]>, Infallible> {
        Ok(self.statutes.get(document).map(|statute| statute.articles.clone()).unwrap_or_default())
    }
}

impl Law for Corpus {
    fn words(&self, article: &str) -> Result<Option<String>, Infallible> {
        let statute = article.split_once('/').and_then(|(document, _)| self.statutes.get(document));
        Ok(statute.and_then(|statute| statute.words.get(article).cloned()))
    }
}

impl Corpus {
    /// Reads all files below `folder`.
    pub fn read(folder: &Path) -> Corpus {
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
            (id, One::new(&merge(parts).expect("files of one version are parts or copies of it").statute))
        });
        Corpus { statutes: statutes.collect() }
    }

    /// The statutes' names.
    pub fn names(&self) -> BTreeSet<String> {
        self.statutes.values().map(|statute| statute.header.name.clone()).collect()
    }

    /// Which statutes there are.
    pub fn catalogue(&self) -> Catalogue {
        Catalogue::new(self.statutes.iter().map(|(id, statute)| (id.as_str(), &statute.header)))
    }
}

impl One {
    fn new(statute: &Statute) -> One {
        let units = statute.units().into_iter();
        let words: Vec<(String, String)> =
            units.filter(|unit| unit.id.contains("/article/")).map(|unit| (unit.id, unit.passage.text)).collect();
        let article = |(id, text): &(String, String)| {
            ArticleText::new(id.rsplit_once("/article/").map_or("", |(_, key)| key), text)
        };
        One {
            header: statute.header().statute.expect("a statute says so"),
            articles: words.iter().map(article).collect(),
            words: words.into_iter().collect(),
        }
    }
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
