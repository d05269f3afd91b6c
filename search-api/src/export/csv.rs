//! Comma-separated values as spreadsheets open them.

use super::Table;

/// Tells a spreadsheet that what follows is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Tables below each other, parted by a blank line.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe before it: what a list says is never run.
pub fn csv(tables: &[Table]) -> Vec<u8> {
    // RFC 4180 ends lines so.
    let mut format = csv::WriterBuilder::new();
    format.flexible(true).terminator(csv::Terminator::CRLF);
    let mut writer = format.from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let mut write = |row: &mut dyn Iterator<Item = String>| {
        writer.write_record(row).expect("a table in memory can be written");
    };
    for (number, table) in tables.iter().enumerate() {
        if number > 0 {
            write(&mut [String::new()].into_iter());
        }
        write(&mut table.heading.iter().map(|heading| (*heading).to_owned()));
        for row in &table.rows {
            write(&mut row.iter().map(|cell| harmless(cell)));
        }
    }
    writer.into_inner().expect("a table in memory can be written")
}

/// A cell that spreadsheet programs take for text: what they would run as a formula gets an apostrophe in front, also behind
/// blanks and in full width.
fn harmless(cell: &str) -> String {
    let first = cell
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || ('\u{200b}'..='\u{202e}').contains(&c));
    let is_formula = first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    // A tab or a carriage return in front is itself a way in.
    if is_formula || cell.starts_with(['\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_says_is_no_formula() {
        let table = |cells: &[&str]| Table {
            name: String::new(),
            heading: vec!["甲", "乙"],
            rows: vec![cells.iter().map(|&cell| cell.to_owned()).collect()],
        };
        for (name, cells, expected) in [
            ("words", &["第九十二条", "泄露"][..], "第九十二条,泄露"),
            ("commas, quotation marks and lines", &["a,b", "\"一\"\n二"], "\"a,b\",\"\"\"一\"\"\n二\""),
            ("a formula", &["=HYPERLINK(\"x\")", "+1"], "\"'=HYPERLINK(\"\"x\"\")\",'+1"),
            ("a formula behind blanks", &[" @SUM(1)", "\t=1"], "' @SUM(1),'\t=1"),
            ("a minus", &["-2+3", "第-条"], "'-2+3,第-条"),
            ("a formula in full width, or behind what is not seen", &["＝1+1", "\u{202e}=1"], "'＝1+1,'\u{202e}=1"),
            ("a sign within", &["a=1", ""], "a=1,"),
        ] {
            let written = String::from_utf8(csv(&[table(cells)])).expect("UTF-8");
            assert_eq!(written, format!("\u{feff}甲,乙\r\n{expected}\r\n"), "{name}");
        }
    }
}
