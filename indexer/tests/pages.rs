//! Lists that are published as pages and text documents: tables, an item a page as keys and values, whatever the encoding and the
//! suffix say.

use std::collections::HashMap;
use std::io::{Cursor, Write};
use std::path::Path;

use lawcite_core::responsibility::{Column, Field, ResponsibilityList};
use lawcite_indexer::listing::{Vocabulary, is_listing, parse};
use lawcite_indexer::source::decode_file;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(name: &str, bytes: Vec<u8>) -> ResponsibilityList {
    let (blocks, _) = decode_file(Path::new(name), bytes).expect("a source").blocks().expect("it is whole");
    let vocabulary = Vocabulary::default();
    assert!(is_listing(&blocks, &vocabulary), "{name}");
    parse("list", &blocks, &vocabulary).list
}

/// One line a row: its number, name, and cells by column.
fn outline(list: &ResponsibilityList) -> Vec<String> {
    let place = |id: &str| id[list.id.len() + 1..].to_owned();
    let cells: HashMap<String, &str> =
        list.cells.iter().map(|cell| (place(&cell.id), cell.text.text.as_str())).collect();
    let mut lines = Vec::new();
    for row in &list.rows {
        let text = |field: &Field| field.text(&row.text.text, |id| cells.get(id).copied()).replace('\n', "/");
        let fields = row.fields.iter().filter(|field| field.column != Column::Name);
        let said: Vec<String> = fields.map(|field| format!("{}={}", field.column.name(), text(field))).collect();
        let name = row.name.slice(&row.text.text).replace('\n', "/");
        lines.push(format!("{} {name}: {}", row.no.as_deref().unwrap_or("-"), said.join(" ")));
    }
    lines
}

const TABLE: &str = "<html><head><title>某县水利局权责清单_某县人民政府</title></head><body><nav>首页</nav><h1>某县水利局权责清单</h1>
<table><tr><th rowspan=2>序号<th rowspan=2>职权名称<th rowspan=2>职权类型<th colspan=2>责任</tr><tr><th>责任事项<th>追责情形</tr>
<tr><td>1<td rowspan=2>取水许可<td rowspan=2>行政许可<td>1.受理；<br>2.审查。<td>1.泄露秘密的。</tr>
<tr><td>2<td>监管。<td>1.泄露秘密的。</tr></table><p>注：本清单动态调整。</p></body></html>";

#[test]
fn a_table_on_a_page_is_a_list() {
    let list = read("list.html", TABLE.into());
    assert_eq!(
        outline(&list),
        [
            "1 取水许可: power-type=行政许可 duties=1.受理；/2.审查。 circumstances=1.泄露秘密的。",
            "2 取水许可: power-type=行政许可 duties=监管。 circumstances=1.泄露秘密的。",
        ]
    );
    assert_eq!(list.title, "某县水利局权责清单");
    assert_eq!(list.issuer.as_deref(), Some("某县水利局"));
    assert_eq!(list.notes[0].text.text, "注：本清单动态调整。");
}

#[test]
fn sections_stand_above_their_rows() {
    let table = |office: &str, item: &str| {
        format!(
            "<p>{office}</p><table><tr><td>序号<td>权力类型<td>事项名称<td>备注<tr><td colspan=4>（一）本级事项<tr><td>1<td>行政许可<td>{item}<td></table>"
        )
    };
    let page = format!(
        "<html><body>某区权责清单目录<br>{}{}",
        table("一、发展和改革委员会", "项目核准"),
        table("二、水利局", "取水许可")
    );
    let list = read("list.html", page.into());
    let sections: Vec<_> = list.rows.iter().map(|row| row.section.clone().unwrap_or_default()).collect();
    assert_eq!(sections, ["一、发展和改革委员会 › （一）本级事项", "二、水利局 › （一）本级事项"]);
    assert_eq!(list.title, "某区权责清单目录");
}

#[test]
fn encodings_and_suffixes_do_not_matter() {
    let (gb18030, _, _) = encoding_rs::GB18030.encode(TABLE);
    assert_eq!(outline(&read("list.xls", gb18030.into_owned())), outline(&read("list.html", TABLE.into())));
}

#[test]
fn a_page_for_each_item_is_keys_and_values() {
    const PAIRS: &[&str] = &[
        "事项名称|取水许可|事项类型|行政许可",
        "实施主体|某县水利局|承办机构|水资源科",
        "设定依据|《水法》第四十八条|追责情形|泄露秘密的。",
    ];
    let cells = |line: &str| line.split('|').map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let four: String = PAIRS.iter().map(|line| format!("<tr>{}</tr>", cells(line))).collect();
    let pairs = || {
        PAIRS
            .iter()
            .flat_map(|line| line.split('|').collect::<Vec<_>>().chunks(2).map(<[&str]>::to_vec).collect::<Vec<_>>())
    };
    let two: String = pairs().map(|pair| format!("<tr><th>{}：</th><td>{}</td></tr>", pair[0], pair[1])).collect();
    let lines: String = pairs().map(|pair| format!("<p>{}：{}</p>", pair[0], pair[1])).collect();
    let terms: String = pairs().map(|pair| format!("<dt>{}</dt><dd>{}</dd>", pair[0], pair[1])).collect();
    for (name, body) in [
        ("four columns", format!("<table>{four}</table>")),
        ("two columns", format!("<table>{two}</table>")),
        ("lines", lines),
        ("terms", format!("<dl>{terms}</dl>")),
        ("a page that breaks off", format!("<table>{two}<tr><th>备注")),
    ] {
        let list = read("list.html", format!("<!DOCTYPE html><body>{body}").into());
        assert_eq!(
            outline(&list),
            [
                "- 取水许可: power-type=行政许可 authority=某县水利局 department=水资源科 basis=《水法》第四十八条 circumstances=泄露秘密的。"
            ],
            "{name}"
        );
        assert_eq!(list.issuer.as_deref(), Some("某县水利局"), "{name}");
    }
}

#[test]
fn a_text_document_is_a_list() {
    let cell = |properties: &str, text: &str| {
        let paragraphs: String =
            text.split('/').map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>")
    };
    let row = |cells: &[(&str, &str)]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|(properties, text)| cell(properties, text)).collect::<String>())
    };
    let restart = r#"<w:vMerge w:val="restart"/>"#;
    let table = [
        row(&[("", "序号"), ("", "事项名称"), ("", "子项"), (r#"<w:gridSpan w:val="2"/>"#, "实施依据")]),
        row(&[(restart, "1"), (restart, "取水许可"), ("", "新办"), ("", "《水法》"), ("", "第四十八条")]),
        row(&[("<w:vMerge/>", ""), ("<w:vMerge/>", ""), ("", "延续"), ("", "《水法》"), ("", "第四十九条")]),
        row(&[("<w:vMerge/>", ""), ("<w:vMerge/>", ""), ("", "注销"), ("", "《水法》"), ("", "第五十条")]),
    ]
    .concat();
    let document = format!(
        r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>某县水利局</w:t></w:r><w:r><w:t>权责清单</w:t></w:r><w:del><w:r><w:t>草案</w:t></w:r></w:del></w:p><w:tbl>{table}</w:tbl></w:body></w:document>"#
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    archive.write_all(document.as_bytes()).expect("written");
    let list = read("list.doc", archive.finish().expect("an archive").into_inner());
    assert_eq!(list.title, "某县水利局权责清单");
    assert_eq!(
        outline(&list),
        [
            "1 取水许可/新办: sub-item=新办 basis=《水法》/第四十八条",
            "1 取水许可/延续: sub-item=延续 basis=《水法》/第四十九条",
            "1 取水许可/注销: sub-item=注销 basis=《水法》/第五十条",
        ]
    );
}
