//! Sources that can be changed, and what is written into them.

use std::fs;
use std::path::PathBuf;

use lawcite_core::index::Index;
use lawcite_indexer::{BuildOptions, Quiet, build};

use crate::support::root;

/// Sources that can be changed.
pub(crate) struct Sources {
    folder: tempfile::TempDir,
}

impl Sources {
    pub(crate) fn new() -> Sources {
        let sources = Sources { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(sources.folder.path().join("sources")).expect("writable");
        for from in ["seeds/responsibility", "tests/acceptance/statutes"] {
            for file in fs::read_dir(root(from)).expect("readable") {
                let file = file.expect("readable").path();
                if file.is_file() {
                    fs::copy(&file, sources.source(file.file_name().expect("a name").to_str().expect("text")))
                        .expect("writable");
                }
            }
        }
        sources
    }

    fn source(&self, name: &str) -> PathBuf {
        self.folder.path().join("sources").join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.source(name), text).expect("writable");
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.source(name)).expect("it was there");
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    pub(crate) fn build(&self) -> Index {
        let options = BuildOptions {
            paths: vec![self.folder.path().join("sources")],
            index: self.index(),
            lexicon: Some(root("seeds/lexicon")),
            full: false,
        };
        build(&options, &mut Quiet).expect("the sources can be indexed");
        Index::open(self.index()).expect("it was just built")
    }
}

/// A statute of so many short articles.
pub(crate) fn statute(articles: usize) -> String {
    let articles: String = (1..=articles).map(|n| format!("第{n}条 试验用法的第{n}项规定。\n\n")).collect();
    format!("# 试验用法\n\n2020年1月1日公布\n\n<!-- INFO END -->\n\n{articles}")
}

/// A statute of so many long articles, by its number.
pub(crate) fn long_statute(number: usize, articles: usize) -> String {
    let sentence =
        |at: usize| format!("第{}类设备的使用单位应当在第{}日前向主管部门报送第{}号记录，", at % 89, at % 31, at);
    let article = |n: usize| {
        let text: String = (0..20).map(|part| sentence(number * 7919 + n * 104_729 + part * 13)).collect();
        format!("第{n}条 {text}不得迟延。\n\n")
    };
    let articles: String = (1..=articles).map(article).collect();
    format!("# 第{number}号设备管理办法\n\n2020年1月1日公布\n\n<!-- INFO END -->\n\n{articles}")
}
