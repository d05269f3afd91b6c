//! The statutes beside the project: their files, and the names that citations are looked for by.

#![allow(unreachable_pub, reason = "a module of tests and of benches")]

use std::path::{Path, PathBuf};

use lawcite_core::citation::NameIndex;
use lawcite_core::lexicon::{Lexicon, LexiconFiles};

/// Every file of statutes below `data`, in the order of their paths.
pub fn files(data: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![data.join("statutes")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of statutes") {
            let path = entry.expect("an entry that can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_some_and(|stem| stem != "_index") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The names of all of them, and people's names for them.
pub fn names(data: &Path, lexicon: &Path) -> NameIndex {
    let files = files(data);
    let stems = files.iter().filter_map(|file| file.file_stem()?.to_str());
    // 电影产业促进法(2016-11-07)
    let titles =
        stems.map(|stem| stem.split_once("(1").or_else(|| stem.split_once("(2")).map_or(stem, |(name, _)| name));
    let mut names: Vec<(String, String)> = titles.map(|name| (name.to_owned(), name.to_owned())).collect();
    names.sort();
    let lexicon = Lexicon::parse(&LexiconFiles::read(lexicon).expect("the lexicon")).0;
    names.extend(lexicon.statute_names().map(|(alias, name)| (alias.to_owned(), name.to_owned())));
    NameIndex::new(names)
}
