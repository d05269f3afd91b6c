//! Statutes: small ones written for these tests, and the whole corpus where it lies beside the project.

use std::fs;
use std::path::{Path, PathBuf};

use lawcite_core::statute::{Entry, Level, Statute, paragraphs};
use lawcite_core::text::CharClass;
use lawcite_indexer::source::{SourceText, decode, read_source};
use lawcite_indexer::statute::{identify, is_statute, parse};
use proptest::prelude::*;

fn sample(name: &str) -> Statute {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statutes").join(name);
    parse(&read_source(&path).expect("the sample is there"))
}

/// An entry a line: its place, the headings above it, its words.
fn outline(statute: &Statute) -> Vec<String> {
    let line = |entry: &Entry| {
        let place = entry.path.map_or("para".to_owned(), |path| path.article_key());
        format!("{place} [{}] {}", entry.divisions.join(" > "), entry.text.text.replace('\n', " / "))
    };
    statute.entries.iter().map(line).collect()
}

#[test]
fn a_regulation_is_read_with_all_that_is_odd_about_it() {
    let statute = sample("垃圾分类条例(2021-01-02).md");
    assert_eq!(statute.id(), "某省垃圾分类条例@2021-01-02");
    assert_eq!(statute.level.map(Level::name), Some("地方性法规"));
    assert_eq!(statute.issuer.as_deref(), Some("某省人民代表大会常务委员会"));
    let dates: Vec<&str> = statute.history.iter().map(|event| event.date.as_str()).collect();
    assert_eq!(dates, ["2019-03-04", "2021-01-02"]);
    insta::assert_snapshot!(outline(&statute).join("\n"), @r"
    1 [第一章 总则] 为了分清垃圾，制定本条例。
    2 [第一章 总则] 本条例所称垃圾，包括： / （一）旧纸； / （二）果皮： / 1. 橘子皮； / 2. 香蕉皮。 / 前款所称旧纸，不包括正在使用的旧的课本和练习本以及图书馆里的书。
    3 [第一章 总则 > 第一节 投放] 单位和个人应当分类投放。
    4 [第一章 总则 > 第一节 投放] 没有分类的，收集单位可以拒收。
    4-1 [第一章 总则 > 第一节 投放] 拒收的，应当说明理由。
    6 [第一章 总则 > 第一节 投放 > 法律责任] 违反本条例的，处一百元罚款。
    6 [第一章 总则 > 第一节 投放 > 法律责任] 违反本条例情节严重的，处一千元罚款。
    7 [第三章 附则] 本条例自公布之日起施行。
    para [] 附件：垃圾名录
    para [附件：垃圾名录] 一、旧纸
    para [附件：垃圾名录] 二、果皮
    ");
    let warnings: Vec<_> =
        statute.warnings.iter().map(|warning| format!("{}: {}", warning.line, warning.message)).collect();
    insta::assert_snapshot!(warnings.join("\n"), @r"
    33: 第四条 stands inside a line
    39: 第四条 is followed by 第六条
    41: 第六条 stands here once more
    ");
    let text = &statute.entries[1].text.text;
    let items: Vec<usize> = paragraphs(text).iter().map(|paragraph| paragraph.items.len()).collect();
    assert_eq!(items, [2, 0]);
}

#[test]
fn a_decision_without_articles_is_read_by_paragraph() {
    let statute = sample("关于停止焚烧旧纸的决定.md");
    assert_eq!(statute.id(), "某市人民代表大会常务委员会关于停止焚烧旧纸的决定@2020-05-06");
    assert_eq!(statute.issuer.as_deref(), Some("某市人民代表大会常务委员会"));
    insta::assert_snapshot!(outline(&statute).join("\n"), @r"
    para [] 为了保持空气清洁，作如下决定：
    para [] 一、自决定之日起，不得焚烧下列旧纸： / （一）报纸； / （二）书。
    para [] 二、有关部门应当做好工作。
    para [] 旧纸 焚烧
    para [] 报纸 不得
    ");
    assert_eq!(statute.warnings, []);
}

fn letters(text: &str) -> String {
    text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).collect()
}

fn of_text(text: &str) -> Option<SourceText> {
    decode(Path::new("sample.md"), text.as_bytes().to_vec()).ok()
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "([第一二三十条章节款之目录附件（）。；：，\\n #|*<>!-]|垃圾|\\PC|2020年1月2日){0,80}") {
        if let Some(source) = of_text(&text) {
            is_statute(source.text());
            let statute = parse(&source);
            let identity = identify(&source);
            prop_assert_eq!(identity.name, statute.name.clone());
            prop_assert_eq!(statute.units().len(), statute.entries.len());
        }
    }

    #[test]
    fn every_letter_of_the_body_is_in_an_entry_or_a_heading(
        lines in prop::collection::vec(
            "(第[一二三]条 ?|（[一二]）|第[一二]章 |## |附件|[一二]、)?[垃圾分类处置甲乙丙]{0,24}[。；：、]?", 1..24)
    ) {
        let source = of_text(&format!("# 条例\n<!-- INFO END -->\n{}\n第九条 丁。", lines.join("\n")))
            .expect("text");
        let statute = parse(&source);
        let kept = statute.entries.iter().flat_map(|entry| entry.divisions.iter().chain([&entry.text.text]));
        let kept: Vec<String> = kept.map(|text| letters(text)).collect();
        for line in &lines {
            // A label is the article's number.
            let words = letters(line.trim_start_matches(|c| "第一二三条".contains(c)));
            prop_assert!(kept.iter().any(|text| text.contains(&words)), "{words} in {kept:?}");
        }
    }

    #[test]
    fn every_piece_stands_where_it_says(
        lines in prop::collection::vec("(第[一二三]条 |（一）|## )?[垃圾分类甲乙]{0,24}(\\*\\*|。)?", 1..12)
    ) {
        let text = format!("# 条例\n<!-- INFO END -->\n{}", lines.join("\n"));
        let source = of_text(&text).expect("text");
        for entry in parse(&source).entries {
            let ends = entry.text.pieces.iter().skip(1).map(|piece| piece.start as usize).chain([entry.text.text.len()]);
            for (piece, end) in entry.text.pieces.iter().zip(ends) {
                let words = entry.text.text[piece.start as usize..end].trim_end_matches('\n');
                prop_assert!(text[piece.offset as usize..].starts_with(words), "{words}");
            }
        }
    }
}

fn corpus() -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/statutes");
    if !root.is_dir() {
        eprintln!("skipped: there are no statutes in `{}`", root.display());
        return None;
    }
    let (mut folders, mut files) = (vec![root], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Some(files)
}

/// Lines that begin 第…条 and go on after a blank, counted without any of the reader's code.
fn plain_count(text: &str) -> usize {
    let is_label = |line: &str| {
        let Some((number, rest)) = line.strip_prefix('第').and_then(|rest| rest.split_once('条')) else {
            return false;
        };
        let words = rest.trim_start_matches(|c| "之一二三四五六七八九十".contains(c));
        !number.is_empty()
            && number.chars().all(|c| "零〇一二三四五六七八九十百千0123456789".contains(c))
            && (words.is_empty() || words.starts_with([' ', '\u{3000}']))
    };
    text.lines().filter(|line| is_label(line)).count()
}

#[test]
fn every_file_of_the_corpus_is_read() {
    let Some(files) = corpus() else { return };
    let (mut plain, mut inside) = (0, 0);
    for path in files {
        let source = read_source(&path).expect("text");
        let statute = parse(&source);
        let found = plain_count(source.text());
        let added = statute.warnings.iter().filter(|warning| {
            ["stands inside a line", "not set off"].iter().any(|words| warning.message.contains(words))
        });
        let added = added.count();
        assert_eq!(statute.articles(), found + added, "{}", path.display());
        plain += found;
        inside += added;
    }
    assert_eq!(plain, 147_285);
    eprintln!("{inside} articles stand inside lines");
}
