//! Workbooks.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::Table;

/// A workbook that cannot be written: it would be larger than the format allows.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be written")]
pub struct WriteXlsxError(#[from] XlsxError);

/// So many characters a cell holds; the rest is cut, and an ellipsis says so.
const LONGEST_CELL: usize = 32_767;
const WIDEST: f64 = 60.0;

/// A workbook with a sheet for each table, which can be filtered by its heading. Cells are text, and never a formula.
///
/// # Errors
///
/// If a table has more rows than a sheet can hold.
pub fn xlsx(tables: &[Table]) -> Result<Vec<u8>, WriteXlsxError> {
    let mut workbook = Workbook::new();
    for table in tables {
        write(workbook.add_worksheet(), table)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_text_wrap();
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(&table.name)?;
    for (column, words) in (0..).zip(&table.heading) {
        sheet.write_string_with_format(0, column, *words, &heading)?;
        sheet.set_column_width(column, width(table, usize::from(column)))?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, cut(cell), &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last_row), Some(last_column)) = (table.rows.len().checked_sub(1), table.heading.len().checked_sub(1)) {
        let last = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        sheet.autofilter(0, 0, last(last_row) + 1, u16::try_from(last_column).unwrap_or(u16::MAX))?;
    }
    Ok(())
}

/// Wide enough for the longest line, in columns of a Latin letter; a Han character takes two.
fn width(table: &Table, column: usize) -> f64 {
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(String::as_str);
    let lines = cells.chain(table.heading.get(column).copied()).flat_map(str::lines);
    let longest = lines.map(|line| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>()).max();
    (f64::from(longest.unwrap_or(0)) + 2.0).min(WIDEST)
}

fn cut(cell: &str) -> String {
    if cell.encode_utf16().count() <= LONGEST_CELL {
        return cell.to_owned();
    }
    let mut room = LONGEST_CELL - 1;
    let fits = |c: &char| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    };
    let mut short: String = cell.chars().take_while(fits).collect();
    short.push('…');
    short
}
