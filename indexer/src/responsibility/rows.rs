//! Which rows of a numbered table belong together.
//!
//! A row without a number continues the row before; so does one whose number or name repeats it, as exports of merged
//! cells do. A page break may cut a number itself, or leave it alone in its row.

use lawcite_core::text::parse_numeral;

use super::marker::Marker;

/// What a row is to the rows before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowStart {
    /// It begins an entry.
    New { no: Option<u32> },
    /// It continues one, whose number is the one given: it may have been cut.
    Continues { no: Option<u32> },
}

/// How a row's cells look beside its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowLook {
    /// Whether the table has a column of numbers.
    pub(super) numbered: bool,
    /// Whether the cell of the name has words.
    pub(super) has_name: bool,
    /// Whether these are the words that the entry has already.
    pub(super) repeats_name: bool,
    /// Whether any other cell has words.
    pub(super) has_rest: bool,
}

/// Follows the numbers of a table.
#[derive(Debug, Default)]
pub(super) struct RowNumbers {
    /// The number of the entry before the last.
    previous: u32,
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    text: String,
    no: Option<u32>,
    has_name: bool,
    has_rest: bool,
}

impl RowNumbers {
    /// Reads the next row, whose cell of numbers holds `number`.
    pub(super) fn read(&mut self, number: &str, look: RowLook) -> RowStart {
        let start = self.start(number, look);
        match (start, &mut self.last) {
            (RowStart::Continues { no }, Some(last)) => {
                if last.no != no {
                    last.text.push_str(number);
                    last.no = no;
                }
                last.has_name |= look.has_name;
                last.has_rest |= look.has_rest;
            }
            (RowStart::New { no } | RowStart::Continues { no }, last) => {
                self.previous = last.as_ref().and_then(|last| last.no).unwrap_or(self.previous);
                let text = number.to_owned();
                *last = Some(Last { text, no, has_name: look.has_name, has_rest: look.has_rest });
            }
        }
        start
    }

    fn start(&self, number: &str, look: RowLook) -> RowStart {
        let Some(last) = &self.last else { return RowStart::New { no: row_number(number) } };
        let continues = RowStart::Continues { no: last.no };
        let Some(no) = row_number(number) else {
            let unnumbered = !look.numbered && look.has_name && !look.repeats_name;
            // A name alone is the rest of a name where the entry before has nothing but one.
            return if unnumbered && (look.has_rest || last.has_rest) { RowStart::New { no: None } } else { continues };
        };
        let joined = row_number(&format!("{}{number}", last.text));
        let completes = joined == Some(self.previous + 1) && last.no != joined;
        if completes && (!look.has_name || !last.has_name) {
            return RowStart::Continues { no: joined };
        }
        if last.no == Some(no) && (look.repeats_name || !look.has_name || !last.has_name) {
            return continues;
        }
        RowStart::New { no: Some(no) }
    }
}

/// The number that a cell of numbers holds: 1, 1., （一）, 一.
pub(super) fn row_number(text: &str) -> Option<u32> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '、' | '．'));
    parse_numeral(bare).or_else(|| Marker::scan(bare).filter(|marker| marker.length == bare.len()).map(|m| m.number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_begin_entries_or_continue_them() {
        let look = |has_name, has_rest| RowLook { numbered: true, has_name, repeats_name: false, has_rest };
        let whole = look(true, true);
        for (name, rows, numbers) in [
            ("one a row", &[("1", whole), ("2", whole)][..], &[1, 2][..]),
            ("continued", &[("1", whole), ("", look(false, true)), ("2", whole)], &[1, 2]),
            ("a number cut", &[("9", whole), ("10", whole), ("1", whole), ("1", look(false, false))], &[9, 10, 11]),
            ("a number cut, the rest behind it", &[("9", whole), ("1", look(false, false)), ("0", whole)], &[9, 10]),
            ("a number alone", &[("1", whole), ("2", look(false, false)), ("", whole), ("3", whole)], &[1, 2, 3]),
            ("a number given again", &[("1", whole), ("1", look(false, true)), ("2", whole)], &[1, 2]),
        ] {
            let mut reader = RowNumbers::default();
            let mut found: Vec<Option<u32>> = Vec::new();
            for &(number, look) in rows {
                match reader.read(number, look) {
                    RowStart::New { no } => found.push(no),
                    RowStart::Continues { no } => *found.last_mut().expect("the first row begins an entry") = no,
                }
            }
            assert_eq!(found, numbers.iter().copied().map(Some).collect::<Vec<_>>(), "{name}");
        }
    }
}
