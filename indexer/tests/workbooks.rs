//! Whatever a workbook has gone through, its rows are the same: a header further down, merged cells, blank rows and columns,
//! headings of two levels, a suffix that lies, several tables on a sheet, hidden sheets, formulas, dates.

use std::collections::HashMap;
use std::path::Path;

use lawcite_core::responsibility::{Column, Field, FieldWords, ResponsibilityList};
use lawcite_indexer::listing::{Vocabulary, parse};
use lawcite_indexer::source::decode_file;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

/// The columns of the clean list.
const COLUMNS: [(&str, Column); 7] = [
    ("序号", Column::Number),
    ("事项名称", Column::Name),
    ("权力类型", Column::PowerType),
    ("实施依据", Column::Basis),
    ("承办机构", Column::Department),
    ("责任事项", Column::Duties),
    ("追责情形", Column::Circumstances),
];

/// A row as what it says: its name, and its cells by column.
type Said = (String, Vec<(Column, String)>);

fn said(list: &ResponsibilityList) -> Vec<Said> {
    let place = |id: &'_ str| id[list.id.len() + 1..].to_owned();
    let cells: HashMap<String, &str> =
        list.cells.iter().map(|cell| (place(&cell.id), cell.text.text.as_str())).collect();
    let mut said = Vec::new();
    for row in &list.rows {
        let text = |field: &Field| field.text(&row.text.text, |id| cells.get(id).copied());
        let fields = row.fields.iter().map(|field| (field.column, text(field))).collect();
        said.push((row.name.slice(&row.text.text).to_owned(), fields));
    }
    said
}

fn read(name: &str, bytes: Vec<u8>) -> ResponsibilityList {
    let (blocks, odd) = decode_file(Path::new(name), bytes).expect("a workbook").blocks().expect("it is whole");
    assert_eq!(odd, []);
    parse("list", &blocks, &Vocabulary::default()).list
}

/// The text of a cell of the clean list: `at` is the place in [`COLUMNS`].
fn cell(row: usize, at: usize) -> String {
    match at {
        0 => (row + 1).to_string(),
        1 => format!("对第{}类违法行为的处罚", row + 1),
        2 => ["行政处罚", "行政许可", "行政检查"][row / 4 % 3].to_owned(),
        3 => format!("【法律】《安全生产法》（2021年修订）\n第{}条：违反规定的，处罚。", ["九十", "一百"][row % 2]),
        4 => format!("{}科", ["法规", "执法", "许可"][row / 3 % 3]),
        5 => format!("1.受理责任：公示材料。\n2.审查责任：提出意见{}。", row % 5),
        _ => "因不履行职责，有下列情形的，应承担责任：\n1.没有依据实施的；\n2.泄露秘密的。".to_owned(),
    }
}

/// How a sheet was laid out.
#[derive(Clone, Debug, Default)]
struct Layout {
    rows: usize,
    /// Rows above the header: a title, then notes.
    above: u32,
    /// Columns left of the table, and between its columns.
    margin: u16,
    gap_before: Option<usize>,
    /// After which rows of the table a blank one stands.
    blank_after: Vec<usize>,
    /// Neighbouring cells of 权力类型 and 承办机构 with the same words are merged.
    merge_equal: bool,
    /// Each item takes two rows of the sheet, merged throughout.
    tall: bool,
    /// The heading of 责任事项 and 追责情形 have one above them.
    two_levels: bool,
    /// Headings are broken, as narrow columns break them.
    broken: bool,
    /// After which row the header is printed again.
    repeated_after: Option<usize>,
    /// A sheet that is hidden stands before.
    hidden: bool,
    /// Numbers are the results of formulas.
    formulas: bool,
    note_below: bool,
}

fn write(layout: &Layout) -> Vec<u8> {
    let mut workbook = Workbook::new();
    if layout.hidden {
        let sheet = workbook.add_worksheet().set_name("草稿").expect("a name");
        write_table(sheet, &Layout { rows: 2, ..Layout::default() });
        sheet.set_hidden(true);
    }
    let sheet = workbook.add_worksheet();
    if layout.hidden {
        sheet.set_active(true);
    }
    write_table(sheet, layout);
    workbook.save_to_buffer().expect("a workbook")
}

fn write_table(sheet: &mut Worksheet, layout: &Layout) {
    let plain = Format::new();
    let column = |at: usize| {
        let gap = layout.gap_before.is_some_and(|gap| at >= gap);
        layout.margin + u16::try_from(at).expect("few columns") + u16::from(gap)
    };
    let last = column(COLUMNS.len() - 1);
    let mut row = 0;
    for above in 0..layout.above {
        let text = if above == 0 {
            "某市应急管理局2024年权责清单"
        } else {
            "填报单位：某市应急管理局"
        };
        sheet.merge_range(row, 0, row, last, text, &plain).expect("a title");
        row += 1;
    }
    let header = |sheet: &mut Worksheet, row: &mut u32| {
        let heading = |at: usize| {
            let text = COLUMNS[at].0;
            let middle =
                text.char_indices().nth(2).map(|(at, _)| at).filter(|_| layout.broken && text.chars().count() > 2);
            middle.map_or(text.to_owned(), |middle| format!("{}\n{}", &text[..middle], &text[middle..]))
        };
        if layout.two_levels {
            for at in 0..5 {
                sheet.merge_range(*row, column(at), *row + 1, column(at), &heading(at), &plain).expect("a heading");
            }
            sheet.merge_range(*row, column(5), *row, column(6), "责任与追责", &plain).expect("a heading");
            for at in 5..7 {
                sheet.write(*row + 1, column(at), heading(at)).expect("a heading");
            }
            *row += 2;
        } else {
            for at in 0..COLUMNS.len() {
                sheet.write(*row, column(at), heading(at)).expect("a heading");
            }
            *row += 1;
        }
    };
    header(sheet, &mut row);
    let first = row;
    for item in 0..layout.rows {
        for at in 0..COLUMNS.len() {
            let text = cell(item, at);
            if layout.tall {
                sheet.merge_range(row, column(at), row + 1, column(at), &text, &plain).expect("a cell");
            } else if at == 0 && layout.formulas {
                sheet.write(row, column(0), Formula::new("=ROW()-1").set_result(&text)).expect("a formula");
            } else if at == 0 {
                sheet.write(row, column(0), (item + 1) as f64).expect("a number");
            } else {
                sheet.write(row, column(at), &text).expect("a cell");
            }
        }
        row += if layout.tall { 2 } else { 1 };
        row += u32::from(layout.blank_after.contains(&item));
        if layout.repeated_after == Some(item) {
            header(sheet, &mut row);
        }
    }
    if layout.merge_equal && !layout.tall && layout.blank_after.is_empty() && layout.repeated_after.is_none() {
        for at in [2, 4] {
            let mut from = 0;
            for item in 1..=layout.rows {
                if item == layout.rows || cell(item, at) != cell(from, at) {
                    let (top, bottom) = (first + from as u32, first + item as u32 - 1);
                    if bottom > top {
                        sheet
                            .merge_range(top, column(at), bottom, column(at), &cell(from, at), &plain)
                            .expect("merged");
                    }
                    from = item;
                }
            }
        }
    }
    if layout.note_below {
        sheet.merge_range(row, 0, row, last, "注：本清单自发布之日起施行。", &plain).expect("a note");
    }
}

fn layouts() -> impl Strategy<Value = Layout> {
    let shape = (1_usize..30, 0_u32..5, 0_u16..3, proptest::option::of(1_usize..7), any::<[bool; 7]>());
    let rows = (proptest::collection::vec(0_usize..30, 0..4), proptest::option::of(0_usize..28));
    (shape, rows).prop_map(|((rows, above, margin, gap_before, flags), (blank_after, repeated_after))| {
        let [merge_equal, tall, two_levels, broken, hidden, formulas, note_below] = flags;
        let above = if two_levels { above.min(3) } else { above };
        let repeated_after = repeated_after.filter(|&at| at + 1 < rows);
        // A merged heading cannot be merged across a gap with another.
        let gap_before = gap_before.filter(|&gap| !(two_levels && gap == 6));
        Layout {
            rows,
            above,
            margin,
            gap_before,
            blank_after,
            merge_equal,
            tall,
            two_levels,
            broken,
            repeated_after,
            hidden,
            formulas,
            note_below,
        }
    })
}

fn clean(rows: usize) -> Vec<Said> {
    said(&read("list.xlsx", write(&Layout { rows, ..Layout::default() })))
}

#[test]
fn a_clean_list_says_what_was_written() {
    let rows = clean(3);
    assert_eq!(rows.len(), 3);
    for (at, (name, cells)) in rows.iter().enumerate() {
        assert_eq!(*name, cell(at, 1));
        let expected: Vec<(Column, String)> =
            (1..COLUMNS.len()).map(|column| (COLUMNS[column].1, cell(at, column))).collect();
        assert_eq!(*cells, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn damage_changes_no_row(layout in layouts()) {
        let list = read("list.xls", write(&layout));
        prop_assert_eq!(said(&list), clean(layout.rows));
        let hidden = usize::from(layout.hidden);
        prop_assert_eq!(list.warnings.len(), hidden, "{:?}", list.warnings);
        let title = if layout.above > 0 { "某市应急管理局2024年权责清单" } else { "list" };
        prop_assert_eq!(list.title, title);
    }
}

#[test]
fn two_tables_on_a_sheet_are_read_one_after_the_other() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    // Side by side, and one below with other columns.
    for (left, from) in [(0_u16, 0_usize), (5, 10)] {
        for (at, heading) in ["序号", "事项名称", "实施依据", "承办机构"].into_iter().enumerate() {
            sheet.write(0, left + at as u16, heading).expect("a heading");
            for row in 0..3 {
                let text = [(from + row + 1).to_string(), cell(from + row, 1), cell(row, 3), cell(row, 4)][at].clone();
                sheet.write(row as u32 + 1, left + at as u16, text).expect("a cell");
            }
        }
    }
    for (at, text) in ["编号", "职权名称", "职权类别", "追责情形"].into_iter().enumerate() {
        sheet.write(6, at as u16, text).expect("a heading");
        sheet.write(7, at as u16, ["1", "对渔船的检查", "行政检查", "1.泄露秘密的。"][at]).expect("a cell");
    }
    let list = read("list.xlsx", workbook.save_to_buffer().expect("a workbook"));
    let names: Vec<String> = said(&list).into_iter().map(|(name, _)| name).collect();
    let expected: Vec<String> = [0, 1, 2, 10, 11, 12].into_iter().map(|row| cell(row, 1)).collect();
    assert_eq!(names[..6], expected);
    assert_eq!(names[6..], ["对渔船的检查"]);
    assert_eq!(list.rows[6].row, 8);
}

#[test]
fn sub_items_and_rows_that_go_on_belong_to_the_row_above() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let headings = ["序号", "主项名称", "子项名称", "权力类型", "设定依据", "责任事项"];
    #[rustfmt::skip]
    let rows: &[[&str; 6]] = &[
        ["1", "建筑业企业资质核准", "1.首次申请", "行政许可", "《建筑法》第十三条", "1.受理。"],
        ["", "", "2.变更", "", "《建筑法》第十三条", "1.受理变更。"],
        ["", "", "", "", "", "2.审查变更。"],
        ["2", "对工地的检查", "", "行政检查", "《建筑法》第六十八条", "1.检查。"],
    ];
    for (at, heading) in headings.into_iter().enumerate() {
        sheet.write(0, at as u16, heading).expect("a heading");
        for (row, cells) in rows.iter().enumerate() {
            sheet.write(row as u32 + 1, at as u16, cells[at]).expect("a cell");
        }
    }
    let list = read("list.xlsx", workbook.save_to_buffer().expect("a workbook"));
    let said = said(&list);
    let names: Vec<&str> = said.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["建筑业企业资质核准\n1.首次申请", "建筑业企业资质核准\n2.变更", "对工地的检查"]);
    let of = |row: usize, column: Column| said[row].1.iter().find(|cell| cell.0 == column).map(|cell| cell.1.as_str());
    assert_eq!(of(1, Column::PowerType), Some("行政许可"));
    assert_eq!(of(1, Column::Duties), Some("1.受理变更。\n2.审查变更。"));
    assert_eq!(list.rows[1].no.as_deref(), Some("1"));
}

#[test]
fn an_item_over_several_rows_is_one() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    for (at, heading) in ["序号", "职权名称", "职权类别", "实施依据", "责任事项", "备注"].into_iter().enumerate()
    {
        let at = at as u16;
        sheet.write(0, at, heading).expect("a heading");
        for item in 0..2 {
            let top = 1 + 3 * item;
            if at == 4 {
                for row in 0..3 {
                    sheet.write(top + row, at, format!("{}.责任{}。", row + 1, item)).expect("a cell");
                }
            } else {
                let text = ["1", "对渔船的检查", "行政检查", "《渔业法》", "", "无"][at as usize];
                sheet.merge_range(top, at, top + 2, at, &format!("{text}{item}"), &plain).expect("merged");
            }
        }
    }
    let said = said(&read("list.xlsx", workbook.save_to_buffer().expect("a workbook")));
    assert_eq!(said.len(), 2);
    assert!(said[1].1.contains(&(Column::Duties, "1.责任1。\n2.责任1。\n3.责任1。".to_owned())), "{said:?}");
}

#[test]
fn dates_are_written_as_dates() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, heading) in ["事项名称", "实施依据", "实施主体", "生效日期"].into_iter().enumerate() {
        sheet.write(0, at as u16, heading).expect("a heading");
        sheet.write(1, at as u16, ["许可", "《许可法》", "某局", ""][at]).expect("a cell");
    }
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_number_with_format(1, 3, 45_413.0, &date).expect("a date");
    let list = read("list.xlsx", workbook.save_to_buffer().expect("a workbook"));
    assert_eq!(said(&list)[0].1[3], (Column::Status, "2024-05-01".to_owned()));
}

#[test]
fn fifty_thousand_rows_are_read() {
    const ROWS: usize = 50_000;
    let list = read("list.xlsx", write(&Layout { rows: ROWS, ..Layout::default() }));
    assert_eq!(list.rows.len(), ROWS);
    // What they have in common is kept once.
    assert!(list.cells.len() < 100);
    let last = &list.rows[ROWS - 1];
    assert!(last.fields.iter().flat_map(|field| &field.lines).any(|line| matches!(line.words, FieldWords::Shared(_))));
}
