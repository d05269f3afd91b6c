//! What is no list, or a monstrous one.

mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use common::{read, seed_text};
use lawcite_indexer::responsibility::parse;
use lawcite_indexer::source::{blocks, decode, read_source};

#[test]
fn a_list_in_gb18030_is_the_same_list() {
    let text = seed_text();
    let (bytes, _, unmappable) = encoding_rs::GB18030.encode(&text);
    assert!(!unmappable);
    let file = tempfile::NamedTempFile::new().expect("there is room");
    std::fs::write(file.path(), &bytes).expect("there is room");
    let source = read_source(file.path()).expect("it is text");
    assert_eq!((source.encoding(), source.bytes()), ("gb18030", &bytes[..]));
    assert_eq!(source.text(), text);
    assert_eq!(parse("list", &blocks(&source)), read(&text));
}

#[test]
fn what_is_no_list_is_kept_as_text() {
    let list = read("# 说明\n\n本文件夹存放清单。\n\n- 每个文件一份\n- 用 UTF-8 编码\n");
    assert_eq!(list.title, "说明");
    let texts: Vec<&str> = list.paras.iter().map(|para| para.text.text.as_str()).collect();
    assert_eq!(texts, ["本文件夹存放清单。", "每个文件一份", "用 UTF-8 编码"]);
    assert_eq!(list.warnings.len(), 3);
    assert_eq!(
        (list.warnings[0].line, list.warnings[0].message.as_str()),
        (3, "not understood, kept as text: 本文件夹存放清单。")
    );
}

/// Texts that a rule with a loop in a loop would not come to an end of.
fn monsters(size: usize) -> Vec<(&'static str, String)> {
    let repeat = |piece: &str| piece.repeat(size / piece.len());
    vec![
        ("letters", repeat("a")),
        ("characters", repeat("责")),
        ("sentences", repeat("泄露用人单位和个人信息的。")),
        ("brackets", repeat("（")),
        ("titles that never end", repeat("《")),
        ("titles", repeat("《甲》、")),
        ("ordinals", repeat("1.")),
        ("lines", repeat("责\n")),
        ("cut lines", repeat("责，\n")),
        ("open brackets in lines", repeat("（责\n")),
        ("numbered lines", repeat("一、责\n")),
        ("chapters", format!("一、事中事后监管制度\n{}", repeat("（一）责\n二、责\n"))),
        ("pipes", repeat("|")),
        ("paragraphs", repeat("<p>责</p>")),
        ("tags", repeat("<")),
        ("tags that never end", repeat("<p ")),
        ("comments that never end", repeat("<!--")),
        ("stars", repeat("**")),
        ("images", repeat("![](")),
        (
            "a cell",
            format!(
                "| 序号 | 职责 | 责任事项 | 追责依据 |\n| 1 | 责 | 责 | {} |",
                repeat("《甲法》第一条：一；第二条：二。")
            ),
        ),
        ("a flat cell", format!("| 序号 | 职责 | 责任事项 | 追责依据 |\n| 1 | 责 | {} | |", repeat("责。 1. "))),
        ("rows", format!("| 序号 | 职责 | 责任事项 | 追责依据 |\n{}", repeat("| | | 责 | 《甲法》第一条：一， |\n"))),
        ("notes", format!("| 序号 | 职责 | 责任事项 | 追责依据 |\n| 注：{} | | | |", repeat("1. 责。"))),
        (
            "services",
            format!("| 序号 | 服务事项 | 主要内容 | 电话 |\n{}", repeat("| 1 | 责 | 责 | 0533-1234567、1234568 |\n")),
        ),
        ("blanks", format!("责{}责", repeat(" "))),
    ]
}

fn read_in_time(size: usize, limit: Duration) {
    for (name, text) in monsters(size) {
        let start = Instant::now();
        let source = decode(Path::new("list.md"), text.into_bytes()).expect(name);
        let list = parse("list", &blocks(&source));
        let units = list.units();
        let taken = start.elapsed();
        assert!(taken < limit, "{name}: {taken:?} for {size} bytes");
        if std::env::var_os("LAWCITE_SHOW").is_some() {
            eprintln!("{name}: {taken:?}, {} units, {} warnings", units.len(), list.warnings.len());
        }
    }
}

#[test]
fn monstrous_texts_are_read_in_time_that_grows_with_their_length() {
    // A loop in a loop over so much takes a minute; what is linear takes a fraction of a second.
    read_in_time(1 << 18, Duration::from_secs(10));
}

#[test]
fn warnings_come_to_an_end() {
    let list = read(&"责\n".repeat(1000));
    assert_eq!(list.warnings.len(), 201);
    assert_eq!(list.warnings[200].message, "and 799 more from here on");
    assert_eq!(list.paras.len(), 999);
}

/// `cargo test --release -p lawcite-indexer --test bad_input -- --ignored`.
#[test]
#[ignore = "a line of 200 MB: gigabytes of memory"]
fn a_line_of_200_megabytes_is_read() {
    let text = "泄露用人单位和个人信息的。".repeat(200_000_000 / 39);
    let start = Instant::now();
    let source = decode(Path::new("list.md"), text.into_bytes()).expect("it is text");
    let list = parse("list", &blocks(&source));
    eprintln!("{:?}, {} paragraphs", start.elapsed(), list.paras.len());
    assert!(list.paras.iter().all(|para| para.text.text.len() <= 1 << 20));
}
