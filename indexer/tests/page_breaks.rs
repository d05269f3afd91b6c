//! A page break put anywhere leaves the tree as it was.

mod common;

use common::{essence, read, seed_text};
use proptest::prelude::*;
use proptest::sample::Index;

/// A table of duties as text: rows of cells, cells of paragraphs.
#[derive(Clone, Debug)]
struct DutiesTable {
    header: String,
    rows: Vec<Vec<String>>,
}

/// What stands between two pages.
#[derive(Clone, Copy, Debug)]
enum Page {
    /// Nothing: the row goes on in the next one.
    None,
    BlankRow,
    /// The header again, in the same table.
    Header,
    /// A new table with its header.
    Table,
}

/// Which cells besides the one that is cut stand behind the cut.
#[derive(Clone, Copy, Debug)]
enum Rest {
    Before,
    /// Those to the right, as if the page ended there.
    Behind,
}

impl DutiesTable {
    fn of_seed() -> DutiesTable {
        let text = seed_text();
        let start = text.find("| 序号 | 主要职责").expect("the table is there");
        let end = text.find("二、部门职责边界\n\n| 序号").expect("the next part is there");
        let is_row = |line: &&str| line.starts_with('|') && !line.starts_with("|-") && !line.starts_with("| 序号");
        let rows = text[start..end].lines().filter(is_row).map(|line| {
            let cells = line.trim_matches('|').split('|');
            cells.map(|cell| cell.trim().to_owned()).collect()
        });
        DutiesTable {
            header: "| 序号 | 主要职责 | 具体责任事项 | 追责依据及追责情形 |".to_owned(),
            rows: rows.collect(),
        }
    }

    fn render(&self, break_before: Option<(usize, Page)>) -> String {
        let mut text = format!("一、部门主要职责\n\n{}\n|--|--|--|--|\n", self.header);
        for (index, row) in self.rows.iter().enumerate() {
            if let Some((_, page)) = break_before.filter(|&(at, _)| at == index) {
                match page {
                    Page::None => {}
                    Page::BlankRow => text.push_str("| | | | |\n"),
                    Page::Header => text.push_str(&format!("{}\n", self.header)),
                    Page::Table => text.push_str(&format!("\n{}\n|--|--|--|--|\n", self.header)),
                }
            }
            text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        text
    }

    /// The text with the table broken before row `row`.
    fn broken_at_row(&self, row: usize, page: Page) -> String {
        self.render(Some((row, page)))
    }

    /// The text with a row broken between two cells, the right ones on the next page.
    fn broken_at_cell(&self, row: usize, cell: usize, page: Page) -> String {
        let mut table = self.clone();
        let mut behind = vec![String::new(); 4];
        behind[cell..].swap_with_slice(&mut table.rows[row][cell..]);
        table.rows.insert(row + 1, behind);
        table.render(Some((row + 1, page)))
    }

    /// The text with a cell cut before byte `at`; none where the source itself would be ambiguous.
    ///
    /// With `loses_paragraphs` what stands behind the cut comes flat, without its `<p>`.
    fn broken_in_cell(
        &self,
        row: usize,
        cell: usize,
        at: usize,
        page: Page,
        rest: Rest,
        loses_paragraphs: bool,
    ) -> Option<String> {
        let words = &self.rows[row][cell];
        let (before, after) = words.split_at_checked(at)?;
        let (last, first) = (before.chars().next_back()?, after.chars().next()?);
        let in_tag = before.rfind('<') > before.rfind('>') || first == '<' || last == '>';
        if in_tag || last.is_whitespace() || first.is_whitespace() || last == '。' {
            return None;
        }
        let in_paragraph = before.rfind("<p>") > before.rfind("</p>");
        let (before, after) = if in_paragraph {
            (format!("{before}</p>"), format!("<p>{after}"))
        } else {
            (before.to_owned(), after.to_owned())
        };
        let mut table = self.clone();
        let mut behind = vec![String::new(); 4];
        if let Rest::Behind = rest {
            behind[cell..].swap_with_slice(&mut table.rows[row][cell..]);
        }
        let after = if loses_paragraphs { after.replace("<p>", "").replace("</p>", "") } else { after };
        table.rows[row][cell] = before;
        behind[cell] = after;
        table.rows.insert(row + 1, behind);
        Some(table.render(Some((row + 1, page))))
    }
}

const PAGES: [Page; 4] = [Page::None, Page::BlankRow, Page::Header, Page::Table];

/// Where a document parsed otherwise than expected.
fn difference(found: &[String], expected: &[String]) -> Option<String> {
    let lines = found.iter().zip(expected).find(|(found, expected)| found != expected);
    let (found, expected) = match lines {
        Some(lines) => lines,
        None if found.len() == expected.len() => return None,
        None => return Some(format!("{} units, not {}", found.len(), expected.len())),
    };
    let same = found.chars().zip(expected.chars()).take_while(|(found, expected)| found == expected).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(40)).take(80).collect::<String>();
    Some(format!("…{}…, not …{}…", around(found), around(expected)))
}

fn pages() -> impl Strategy<Value = Page> {
    prop_oneof![Just(Page::None), Just(Page::BlankRow), Just(Page::Header), Just(Page::Table)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_break_at_a_row_changes_nothing(row: Index, page in pages()) {
        let table = DutiesTable::of_seed();
        let expected = essence(&read(&table.render(None)));
        let found = essence(&read(&table.broken_at_row(row.index(table.rows.len()), page)));
        prop_assert_eq!(difference(&found, &expected), None);
    }

    #[test]
    fn a_page_break_between_cells_changes_nothing(row: Index, cell in 1..4_usize, page in pages()) {
        let table = DutiesTable::of_seed();
        let expected = essence(&read(&table.render(None)));
        let found = essence(&read(&table.broken_at_cell(row.index(table.rows.len()), cell, page)));
        prop_assert_eq!(difference(&found, &expected), None);
    }

    #[test]
    fn a_page_break_inside_a_cell_changes_nothing(
        row: Index, cell in 0..4_usize, at: Index, page in pages(), rest_is_behind: bool, loses_paragraphs: bool,
    ) {
        let table = DutiesTable::of_seed();
        let row = row.index(table.rows.len());
        let words = &table.rows[row][cell];
        prop_assume!(!words.is_empty());
        let rest = if rest_is_behind { Rest::Behind } else { Rest::Before };
        let Some(text) = table.broken_in_cell(row, cell, at.index(words.len()), page, rest, loses_paragraphs) else {
            return Err(TestCaseError::reject("the source itself is ambiguous there"));
        };
        let expected = essence(&read(&table.render(None)));
        prop_assert_eq!(difference(&essence(&read(&text)), &expected), None);
    }

    #[test]
    fn a_page_break_between_lines_of_a_chapter_changes_nothing(
        at: Index, page in prop_oneof![Just(""), Just("\n\n"), Just("\n- 12 -\n"), Just("\u{c}"), Just("第 3 页 共 30 页")],
    ) {
        let text = seed_text();
        let start = text.find("三、事中事后监管制度\n\n").expect("the part is there");
        let (before, part) = text.split_at(start);
        let mut lines: Vec<&str> = part.lines().collect();
        let places: Vec<usize> =
            (0..lines.len()).filter(|&at| !lines[at].starts_with('|')).collect();
        lines.insert(places[at.index(places.len())], page);
        let broken = format!("{before}{}", lines.join("\n"));
        prop_assert_eq!(difference(&essence(&read(&broken)), &essence(&read(&text))), None);
    }

    #[test]
    fn a_page_break_inside_a_sentence_of_a_chapter_changes_nothing(line: Index, at: Index) {
        let text = seed_text();
        let start = text.find("三、事中事后监管制度\n\n").expect("the part is there");
        let (before, part) = text.split_at(start);
        let mut lines: Vec<&str> = part.lines().collect();
        let sentences: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].contains(['，', ',']) && !lines[at].starts_with('|')).collect();
        let line = sentences[line.index(sentences.len())];
        // What is cut before its first comma may be a heading; where an entry ends, the source is ambiguous.
        let comma = lines[line].find(['，', ',']).expect("it has one");
        let at = comma + at.index(lines[line].len() - comma);
        let Some((head, rest)) = lines[line].split_at_checked(at) else {
            return Err(TestCaseError::reject("no character begins there"));
        };
        prop_assume!(!head.ends_with(['。', '；', '：', ';', ':', ' ', '，', ',']) && !rest.starts_with([' ']));
        prop_assume!(head.contains(['，', ',']));
        let cut = format!("{head}\n\n{rest}");
        lines[line] = &cut;
        let broken = format!("{before}{}", lines.join("\n"));
        prop_assert_eq!(difference(&essence(&read(&broken)), &essence(&read(&text))), None);
    }
}

/// Every case there is: `cargo test -p lawcite-indexer --test page_breaks -- --ignored`.
#[test]
#[ignore = "one case for every character of the table: half a minute"]
fn no_place_in_the_table_is_bad_for_a_page_break() {
    let table = DutiesTable::of_seed();
    let list = read(&table.render(None));
    assert_eq!((list.duties.len(), list.notes.len()), (11, 2));
    let expected = essence(&list);
    let (mut cases, mut failures) = (0, Vec::new());
    let mut check = |name: String, text: &str| {
        cases += 1;
        failures.extend(difference(&essence(&read(text)), &expected).map(|difference| format!("{name}: {difference}")));
    };
    for row in 0..table.rows.len() {
        for page in PAGES {
            check(format!("row {row} {page:?}"), &table.broken_at_row(row, page));
            for cell in 1..4 {
                check(format!("row {row} cell {cell} {page:?}"), &table.broken_at_cell(row, cell, page));
            }
        }
        for cell in 0..4 {
            for (at, _) in table.rows[row][cell].char_indices().skip(1) {
                for (rest, loses_paragraphs) in [(Rest::Before, false), (Rest::Behind, true)] {
                    let page = PAGES[at % PAGES.len()];
                    if let Some(text) = table.broken_in_cell(row, cell, at, page, rest, loses_paragraphs) {
                        check(format!("row {row} cell {cell} byte {at} {page:?} {rest:?}"), &text);
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {cases}:\n{}", failures.len(), failures.join("\n"));
    assert!(cases > 9000, "{cases} cases");
}
