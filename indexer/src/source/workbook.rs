//! Workbooks as blocks: a sheet is a table, with whatever stands above and below its rows.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use lawcite_core::responsibility::Warning;

use super::block::{Block, Sheet, Table};
use super::grid::{Area, Grid, Places, TooMuch};

/// What keeps a workbook from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It asks for a password.
    Encrypted,
    /// It is cut or was never a workbook.
    Damaged(String),
    /// It is larger than any list.
    TooMuch(&'static str),
}

impl From<TooMuch> for Unreadable {
    fn from(much: TooMuch) -> Unreadable {
        Unreadable::TooMuch(much.name())
    }
}

/// What a sheet's cells are, and where: rows and columns from zero.
trait Cells {
    fn sheets(&self) -> Vec<calamine::Sheet>;
    fn merges(&mut self, sheet: &str) -> Vec<Dimensions>;
    /// Calls `put` with each cell that is not empty.
    fn each(
        &mut self,
        sheet: &str,
        put: &mut dyn FnMut((u32, u32), &Data) -> Result<(), TooMuch>,
    ) -> Result<(), Unreadable>;
}

/// The blocks of a workbook of either kind. Nothing in it is run, and nothing that it points to is fetched: of formulas the
/// results that were stored are read.
pub(super) fn blocks(bytes: &[u8], is_archive: bool) -> Result<(Vec<Block>, Vec<Warning>), Unreadable> {
    // The libraries are tried on damaged files of all kinds, but a panic in one of them must not end a build.
    let read = || {
        if is_archive {
            read(&mut Xlsx::new(Cursor::new(bytes)).map_err(unreadable_archive)?)
        } else {
            super::biff::check(bytes)?;
            read(&mut Xls::new(Cursor::new(bytes)).map_err(unreadable_binary)?)
        }
    };
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Unreadable::Damaged("it breaks off where more should come".to_owned())))
}

fn read(workbook: &mut impl Cells) -> Result<(Vec<Block>, Vec<Warning>), Unreadable> {
    let mut blocks = Vec::new();
    let mut warnings = Vec::new();
    let mut places = Places::default();
    for sheet in workbook.sheets() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid = Grid::default();
        for merge in workbook.merges(&sheet.name) {
            let (from, to) = (merge.start, merge.end);
            grid.merge(Area { rows: (from.0, to.0), columns: (from.1, to.1) });
        }
        let read = workbook.each(&sheet.name, &mut |(row, column), value| {
            let text = text(value);
            if text.trim().is_empty() {
                return Ok(());
            }
            let paragraphs = places.paragraphs(&text, row + 1)?;
            grid.put(row, column, paragraphs)
        });
        match read {
            Ok(()) => {}
            Err(Unreadable::Damaged(reason)) => {
                let message = format!("sheet `{}` cannot be read to its end: {reason}", sheet.name);
                warnings.push(Warning { line: 1, message });
            }
            Err(error) => return Err(error),
        }
        let rows = grid.into_rows(|row| row + 1);
        let hidden = sheet.visible != SheetVisible::Visible;
        blocks.push(Block::Table(Table { sheet: Some(Sheet { name: sheet.name, hidden }), rows }));
    }
    Ok((blocks, warnings))
}

/// A cell's words as the sheet shows them, as far as that can be told without its number formats.
fn text(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        // Rust prints what is needed to tell a number from others: 1, 0.5, 20240501.
        Data::Float(number) => number.to_string(),
        Data::Bool(true) => "是".to_owned(),
        Data::Bool(false) => "否".to_owned(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let clock = format!("{hour:02}:{minute:02}:{second:02}");
            match (time.as_f64() < 1.0, clock == "00:00:00") {
                (true, _) => clock,
                (false, true) => date,
                (false, false) => format!("{date} {clock}"),
            }
        }
    }
}

fn unreadable_archive(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Encrypted,
        error => Unreadable::Damaged(error.to_string()),
    }
}

fn unreadable_binary(error: XlsError) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::Encrypted,
        error => Unreadable::Damaged(error.to_string()),
    }
}

impl<R: Read + std::io::Seek> Cells for Xlsx<R> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        self.sheets_metadata().to_vec()
    }

    fn merges(&mut self, sheet: &str) -> Vec<Dimensions> {
        self.merge_cells_by_sheet_name(sheet).unwrap_or_default()
    }

    fn each(
        &mut self,
        sheet: &str,
        put: &mut dyn FnMut((u32, u32), &Data) -> Result<(), TooMuch>,
    ) -> Result<(), Unreadable> {
        let mut reader = self.worksheet_cells_reader(sheet).map_err(unreadable_archive)?;
        while let Some(cell) = reader.next_cell().map_err(unreadable_archive)? {
            put(cell.get_position(), &cell.get_value().clone().into())?;
        }
        Ok(())
    }
}

impl<R: Read + std::io::Seek> Cells for Xls<R> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        self.sheets_metadata().to_vec()
    }

    fn merges(&mut self, sheet: &str) -> Vec<Dimensions> {
        self.merge_cells_by_sheet_name(sheet).unwrap_or_default()
    }

    fn each(
        &mut self,
        sheet: &str,
        put: &mut dyn FnMut((u32, u32), &Data) -> Result<(), TooMuch>,
    ) -> Result<(), Unreadable> {
        let range = self.worksheet_range(sheet).map_err(unreadable_binary)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = |first: u32, index: usize| first + u32::try_from(index).unwrap_or(u32::MAX - first);
            put((at(top, row), at(left, column)), value)?;
        }
        Ok(())
    }
}
