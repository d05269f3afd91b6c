//! Files that are damaged, or made to do harm: each is refused with a sentence or read as far as it goes, in bounded memory and
//! time. Nothing in them is run and nothing that they point to is fetched: there is no code that could.

use std::io::{Cursor, Read, Write, repeat};
use std::path::Path;
use std::time::{Duration, Instant};

use lawcite_indexer::listing::{Listing, Vocabulary, is_listing, parse};
use lawcite_indexer::source::decode_file;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEADER: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>序号</t></is></c><c r="B1" t="inlineStr"><is><t>事项名称</t></is></c><c r="C1" t="inlineStr"><is><t>权力类型</t></is></c><c r="D1" t="inlineStr"><is><t>实施依据</t></is></c></row>"#;
const ROW: &str = r#"<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>许可</t></is></c><c r="C2" t="inlineStr"><is><t>行政许可</t></is></c><c r="D2" t="inlineStr"><is><t>《许可法》第一条</t></is></c></row>"#;

/// An `.xlsx` of one sheet with these rows, and other parts.
fn workbook(rows: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = archive(rows);
    for (name, bytes) in parts {
        archive.start_file(*name, options()).expect("a part");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
}

fn archive(rows: &str) -> ZipWriter<Cursor<Vec<u8>>> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="清单" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let relations = format!(
        r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let root = format!(
        r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    for (name, text) in [
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        archive.start_file(name, options()).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive
}

/// The rows read, or what the file is refused with.
fn read(name: &str, bytes: Vec<u8>) -> Result<Listing, String> {
    let file = decode_file(Path::new(name), bytes).map_err(|error| error.to_string())?;
    let (blocks, odd) = file.blocks().map_err(|error| error.to_string())?;
    let vocabulary = Vocabulary::default();
    if !is_listing(&blocks, &vocabulary) {
        return Err("no list of rows".to_owned());
    }
    let mut listing = parse("list", &blocks, &vocabulary);
    listing.list.warnings.splice(0..0, odd);
    Ok(listing)
}

/// Reads within a time that leaves room for a slow machine.
fn read_in_time(name: &str, bytes: Vec<u8>) -> Result<Listing, String> {
    let started = Instant::now();
    let listing = read(name, bytes);
    assert!(started.elapsed() < Duration::from_secs(30), "{name} took {:?}", started.elapsed());
    listing
}

fn rows(listing: Result<Listing, String>) -> usize {
    listing.expect("it can be read").list.rows.len()
}

#[test]
fn the_file_that_the_others_are_made_from_is_sound() {
    assert_eq!(rows(read("list.xlsx", workbook(&format!("{HEADER}{ROW}"), &[]))), 1);
}

#[test]
fn what_unpacks_to_more_than_any_list_is_refused() {
    let mut archive = archive(&format!("{HEADER}{ROW}"));
    archive.start_file("xl/media/image1.png", options()).expect("a part");
    std::io::copy(&mut repeat(0).take(300 << 20), &mut archive).expect("written");
    let bytes = archive.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 2 << 20);
    let refused = read_in_time("bomb.xlsx", bytes).expect_err("it is a bomb");
    assert_eq!(
        refused,
        "`bomb.xlsx` has more than 256 MB once it is unpacked, as no list has: take it away, or keep only the list's sheets in it"
    );
}

#[test]
fn a_million_empty_rows_are_nothing() {
    let empty: String = (3..1_000_003).map(|row| format!(r#"<row r="{row}"/>"#)).collect();
    assert_eq!(rows(read_in_time("list.xlsx", workbook(&format!("{HEADER}{ROW}{empty}"), &[]))), 1);
}

#[test]
fn cells_at_the_far_end_of_a_sheet_take_no_memory() {
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let listing = read_in_time("list.xlsx", workbook(&format!("{HEADER}{ROW}{far}"), &[]));
    assert_eq!(rows(listing), 1);
}

#[test]
fn one_long_string_in_many_cells_is_refused() {
    let long = "违".repeat(30_000);
    let strings = format!(
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{long}</t></si></sst>"#
    );
    let cells: String =
        (2..9_000).map(|row| format!(r#"<row r="{row}"><c r="B{row}" t="s"><v>0</v></c></row>"#)).collect();
    let bytes = workbook(&format!("{HEADER}{cells}"), &[("xl/sharedStrings.xml", strings.as_bytes())]);
    let refused = read_in_time("list.xlsx", bytes).expect_err("it is too much");
    assert!(refused.contains("more than 256 MB of text"), "{refused}");
}

#[test]
fn merged_cells_that_cover_the_sheet_are_bounded() {
    let merges: String = (1..20_000).map(|row| format!(r#"<mergeCell ref="A{row}:XFD1048576"/>"#)).collect();
    let rows_and_merges = format!(r#"{HEADER}{ROW}</sheetData><mergeCells count="1">{merges}</mergeCells><sheetData>"#);
    assert!(read_in_time("list.xlsx", workbook(&rows_and_merges, &[])).is_ok());
}

#[test]
fn macros_and_references_to_other_files_are_left_alone() {
    let linked = ROW.replace("<v>1</v>", r#"<f>'http://127.0.0.1:9/[other.xlsx]Sheet1'!A1</f><v>1</v>"#);
    let cyclic = r#"<row r="3"><c r="B3" t="str"><f>B3&amp;WEBSERVICE("http://127.0.0.1:9/")</f><v>检查</v></c><c r="C3" t="inlineStr"><is><t>行政检查</t></is></c></row>"#;
    let parts: &[(&str, &[u8])] =
        &[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), ("xl/externalLinks/externalLink1.xml", b"<externalLink/>")];
    let listing = read("list.xlsm", workbook(&format!("{HEADER}{linked}{cyclic}"), parts)).expect("it is a workbook");
    let names: Vec<&str> = listing.list.rows.iter().map(|row| row.text.text.lines().next().unwrap_or("")).collect();
    assert_eq!(names, ["许可", "检查"]);
}

#[test]
fn what_asks_for_a_password_is_refused() {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    for name in ["EncryptionInfo", "EncryptedPackage"] {
        container.create_stream(name).expect("a stream").write_all(&[7; 5000]).expect("written");
    }
    let refused = read("list.xlsx", container.into_inner().into_inner()).expect_err("it is encrypted");
    assert_eq!(refused, "`list.xlsx` asks for a password: save it without one, or take it away");
}

#[test]
fn an_old_workbook_of_far_cells_is_refused_before_it_is_laid_out() {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    let number = |row: u16, column: u16| {
        let place: Vec<u8> = [row, column, 0].into_iter().flat_map(u16::to_le_bytes).collect();
        record(0x0203, &[&place[..], &1_f64.to_le_bytes()].concat())
    };
    let stream = [record(0x0809, &[0, 6, 0x10, 0]), number(0, 0), number(65_535, 65_535), record(0x000a, &[])].concat();
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    container.create_stream("Workbook").expect("a stream").write_all(&stream).expect("written");
    let refused = read("list.xls", container.into_inner().into_inner()).expect_err("it is too large");
    assert!(refused.contains("more than 20 million cells"), "{refused}");
}

#[test]
fn files_that_break_off_never_end_a_build() {
    let whole = workbook(&format!("{HEADER}{ROW}"), &[]);
    for length in 0..whole.len() {
        let mut bytes = whole[..length].to_vec();
        assert!(read("list.xlsx", bytes.clone()).is_err(), "{length}");
        // Damaged in one place rather than cut.
        bytes.extend_from_slice(&whole[length..]);
        bytes[length] ^= 0x55;
        let _ = read("list.xlsx", bytes);
    }
}

#[test]
fn old_workbooks_that_break_off_never_end_a_build() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/lists/16.xls");
    let Ok(whole) = std::fs::read(&path) else {
        eprintln!("skipped: no `{}`", path.display());
        return;
    };
    for length in (0..whole.len()).step_by(997) {
        let _ = read("list.xls", whole[..length].to_vec());
        let mut bytes = whole.clone();
        bytes[length] ^= 0x55;
        let _ = read("list.xls", bytes);
    }
}

#[test]
fn entities_in_a_document_are_not_expanded() {
    let xml = format!(
        r#"<!DOCTYPE d [<!ENTITY a "{}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>责任清单&b;&x;</w:t></w:r></w:p></w:body></w:document>"#,
        "长".repeat(1000)
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", options()).expect("a part");
    archive.write_all(xml.as_bytes()).expect("written");
    let bytes = archive.finish().expect("an archive").into_inner();
    let (blocks, _) = decode_file(Path::new("list.docx"), bytes).expect("a document").blocks().expect("it is whole");
    let lawcite_indexer::source::Block::Paragraph(text) = &blocks[0] else { panic!("a paragraph") };
    assert_eq!(text.text, "责任清单");
}
