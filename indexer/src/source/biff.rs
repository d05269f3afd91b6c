//! What an old workbook would take, told before it is read: calamine lays each sheet out as a rectangle from its first cell
//! to its last, and a file of a few bytes can name cells that are far apart.

use std::io::{Cursor, Read};

use super::workbook::Unreadable;

/// Cells of all sheets' rectangles together; some 500 MB in memory.
const MOST_LAID_OUT: u64 = 20 << 20;

/// What an OLE container holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// An old workbook.
    Workbook,
    /// Any Office document that asks for a password.
    Encrypted,
    /// An old text document, a message, an installer …
    Other,
}

/// What the container holds, told by the names of its streams.
pub(super) fn container(bytes: &[u8]) -> Container {
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Container::Workbook };
    if workbook(&file).is_some() {
        Container::Workbook
    } else if file.exists("/EncryptedPackage") {
        Container::Encrypted
    } else {
        Container::Other
    }
}

fn workbook<F>(file: &cfb::CompoundFile<F>) -> Option<&'static str> {
    ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name))
}

/// Refuses a workbook that would take more memory than any list needs.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let damaged = |error: std::io::Error| Unreadable::Damaged(error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = workbook(&file).ok_or_else(|| Unreadable::Damaged("it holds no workbook".to_owned()))?;
    let mut stream = Vec::new();
    // A stream cannot be longer than the file that holds it.
    file.open_stream(name).map_err(damaged)?.take(bytes.len() as u64).read_to_end(&mut stream).map_err(damaged)?;
    if laid_out(&stream) > MOST_LAID_OUT {
        return Err(Unreadable::TooMuch("more than 20 million cells between the first and the last of its sheets"));
    }
    Ok(())
}

/// How many cells the rectangles of all sheets have. The records are those of [MS-XLS], section 2.3.
fn laid_out(stream: &[u8]) -> u64 {
    const BEGINNING: u16 = 0x0809;
    const SEVERAL_NUMBERS: u16 = 0x00bd;
    /// Formula, number, label, error, RK number, shared label, rich label.
    const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027e, 0x00fd, 0x00d6];
    let number = |at: usize| stream.get(at..at + 2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
    let (mut total, mut sheet) = (0, Rectangle::default());
    let mut at = 0;
    while let (Some(kind), Some(length)) = (number(at), number(at + 2)) {
        let data = at + 4;
        at = data + usize::from(length);
        match kind {
            BEGINNING => total += std::mem::take(&mut sheet).size(),
            SEVERAL_NUMBERS => {
                if let (Some(row), Some(column), Some(last)) =
                    (number(data), number(data + 2), number(at.saturating_sub(2)))
                {
                    sheet.add(row, column);
                    sheet.add(row, last);
                }
            }
            kind if CELLS.contains(&kind) => {
                if let (Some(row), Some(column)) = (number(data), number(data + 2)) {
                    sheet.add(row, column);
                }
            }
            _ => {}
        }
    }
    total + sheet.size()
}

/// The rectangle around some cells.
#[derive(Debug, Default)]
struct Rectangle(Option<[u16; 4]>);

impl Rectangle {
    fn add(&mut self, row: u16, column: u16) {
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, column, column]);
        self.0 = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
    }

    fn size(&self) -> u64 {
        self.0.map_or(0, |[top, bottom, left, right]| (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_far_apart_are_counted_with_all_between_them() {
        let cell = |row: u16, column: u16| {
            [0x00fd, 10, row, column].into_iter().flat_map(u16::to_le_bytes).chain([0; 6]).collect::<Vec<u8>>()
        };
        let beginning: Vec<u8> = [0x0809, 0].into_iter().flat_map(u16::to_le_bytes).collect();
        let stream = [&beginning[..], &cell(1, 1), &beginning, &cell(0, 0), &cell(9, 4)].concat();
        assert_eq!(laid_out(&stream), 1 + 50);
        assert_eq!(laid_out(&stream[..stream.len() - 20]), 1 + 1);
    }
}
