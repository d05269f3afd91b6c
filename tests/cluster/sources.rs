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

/// A list of rows with types of power and offices.
pub(crate) fn rows() -> String {
    let mut list = "# 柳河县交通运输局权力清单和责任清单\n\n\
        | 序号 | 权力类型 | 事项名称 | 承办机构 | 责任事项 | 追责情形 | 实施依据 |\n\
        |----|----|----|----|----|----|----|\n"
        .to_owned();
    let kinds = ["行政处罚", "行政许可", "行政检查"];
    let offices = ["法规科", "运输科"];
    let things = ["车辆", "渡口", "公路用地", "危险货物"];
    for number in 0..60 {
        let (kind, office, thing) = (kinds[number % 3], offices[number % 2], things[number % 4]);
        let (day, article) = (number % 7 + 3, number + 1);
        list.push_str(&format!(
            "| {article} | {kind} | 对{thing}的第{article}项{kind} | {office} | 1.受理责任：{day}日内审查{thing}的申请材料。 | \
             1.滥用职权、玩忽职守的；2.收受{thing}经营者财物的。 | 《垃圾分类条例》第{article}条 |\n"
        ));
    }
    list
}
