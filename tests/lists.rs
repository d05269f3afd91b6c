//! The lists that bureaus really publish: every row of every sheet is in the index.
//!
//! How many rows a sheet has is counted here by other means than the indexer's: calamine's own rectangle of the sheet, and
//! the first cell that says 序号.

mod support;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use lawcite_core::responsibility::{ListRow, ResponsibilityList};
use lawcite_indexer::listing::{Listing, Vocabulary, parse};
use lawcite_indexer::source::read_file;

/// The workbooks, or none where the data is not there.
fn workbooks() -> Vec<std::path::PathBuf> {
    let Some(folder) = support::shared_data("lists") else { return Vec::new() };
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn listing(path: &std::path::Path) -> Listing {
    let (blocks, odd) = read_file(path).expect("it is a workbook").blocks().expect("it is whole");
    assert_eq!(odd, [], "{}", path.display());
    parse("list", &blocks, &Vocabulary::default())
}

/// The rows of a sheet with something in them below the row that says 序号, by their numbers.
fn rows_by_hand(path: &std::path::Path) -> Vec<(String, u32)> {
    let bytes = std::fs::read(path).expect("the file");
    let mut workbook = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut rows = Vec::new();
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).expect("a sheet");
        let words = |cell: &Data| cell.to_string().chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let top = range.start().map_or(0, |(row, _)| row);
        let header = range.rows().position(|row| row.iter().any(|cell| words(cell) == "序号"));
        let body = range.rows().enumerate().skip(header.map_or(usize::MAX, |at| at + 1));
        for (at, _) in body.filter(|(_, row)| row.iter().any(|cell| !words(cell).is_empty())) {
            rows.push((sheet.clone(), top + u32::try_from(at).expect("few rows") + 1));
        }
    }
    rows
}

#[test]
fn every_row_of_every_sheet_is_read() {
    for path in workbooks() {
        let Listing { list, columns } = listing(&path);
        let read: Vec<(String, u32)> =
            list.rows.iter().map(|row: &ListRow| (row.sheet.clone().expect("a sheet"), row.row)).collect();
        assert_eq!(read, rows_by_hand(&path), "{}", path.display());
        let unknown: Vec<_> = columns.iter().filter(|column| column.column.is_none()).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", path.display());
        assert_eq!(list.warnings, [], "{}", path.display());
        assert!(list.rows.iter().all(|row| !row.name.is_empty()), "{}", path.display());
        let again = ResponsibilityList::from_units(list.header(), &list.units()).expect("its own units");
        assert_eq!(again, list, "{}", path.display());
    }
}
