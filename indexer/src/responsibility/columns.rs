//! What the columns of a table hold, told by what their headings say.

use crate::source::Row;

/// A column of one of the tables that responsibility lists have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// 序号.
    Number,
    /// 主要职责.
    Duty,
    /// 具体责任事项.
    Items,
    /// 追责依据及追责情形 in one column.
    Grounds,
    /// 追责依据 beside a column of their own for the circumstances.
    Statutes,
    /// 追责情形 beside a column of their own for the statutes.
    Circumstances,
    /// 服务事项.
    Service,
    /// 主要内容.
    Content,
    /// 承办机构.
    Organiser,
    /// 联系电话.
    Contact,
    /// 管理事项, 相关部门, 职责分工, 相关依据, 事例: what a table of boundaries has.
    Shared,
    /// Anything else.
    Unknown,
}

/// Which of the known tables a header belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableKind {
    Duties,
    Boundary,
    Services,
}

/// A table's header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) kind: TableKind,
    pub(super) columns: Vec<Column>,
}

/// Words of a heading and what they say. The first that fits decides, so the narrower ones come first.
const WORDS: &[(Column, &[&str])] = &[
    (Column::Contact, &["电话", "联系方式", "联系人"]),
    (
        Column::Organiser,
        &["承办", "经办", "办理机构", "办理单位", "实施机构", "服务机构", "责任科室", "责任部门", "责任单位"],
    ),
    (Column::Shared, &["管理事项", "相关部门", "相关依据", "事例", "案例", "职责分工", "配合机制", "涉及部门"]),
    (Column::Service, &["服务事项", "服务项目", "服务名称"]),
    (Column::Content, &["主要内容", "服务内容", "内容简介"]),
    (
        Column::Items,
        &[
            "责任事项",
            "具体事项",
            "工作事项",
            "职责事项",
            "具体职责",
            "具体责任",
            "职责内容",
            "工作内容",
            "具体内容",
            "细化职责",
            "工作任务",
        ],
    ),
    (Column::Grounds, &["追责", "问责", "责任追究", "追究责任", "追究情形", "法律责任"]),
    (Column::Duty, &["职责", "职能", "职权"]),
];

impl Header {
    /// The header that `row` is, if it is one.
    pub(super) fn of(row: &Row) -> Option<Header> {
        const LONGEST: usize = 20;
        let cells: Vec<String> = row.cells.iter().map(crate::source::Cell::letters).collect();
        if cells.iter().any(|cell| cell.chars().count() > LONGEST || cell.contains(['。', '；', '《'])) {
            return None;
        }
        let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let known = columns.iter().filter(|&&column| column != Column::Unknown).count();
        let kind = kind(&columns)?;
        (known >= 2 && known * 2 >= filled).then(|| Header { kind, columns: part_grounds(columns, &cells) })
    }

    /// What stands in the cell at `index` of a row.
    pub(super) fn column(&self, index: usize) -> Column {
        self.columns.get(index).copied().unwrap_or(Column::Unknown)
    }

    /// Whether a column counts the rows.
    pub(super) fn has_numbers(&self) -> bool {
        self.columns.contains(&Column::Number)
    }
}

/// What a heading says its column holds.
pub(super) fn column(heading: &str) -> Column {
    let heading = heading.trim_end_matches(['：', ':']);
    if ["序号", "编号", "序", "号", "NO", "No", "No.", "NO."].contains(&heading) {
        return Column::Number;
    }
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    WORDS.iter().find(|(_, words)| says(words)).map_or(Column::Unknown, |&(column, _)| column)
}

fn kind(columns: &[Column]) -> Option<TableKind> {
    let has = |column| columns.contains(&column);
    if has(Column::Grounds) || has(Column::Duty) && has(Column::Items) {
        Some(TableKind::Duties)
    } else if has(Column::Service) || has(Column::Content) && (has(Column::Organiser) || has(Column::Contact)) {
        Some(TableKind::Services)
    } else if has(Column::Shared) {
        Some(TableKind::Boundary)
    } else {
        None
    }
}

/// 追责依据 and 追责情形 may share a column or have one each.
fn part_grounds(mut columns: Vec<Column>, cells: &[String]) -> Vec<Column> {
    if columns.iter().filter(|&&column| column == Column::Grounds).count() == 2 {
        for (column, cell) in columns.iter_mut().zip(cells).filter(|(column, _)| **column == Column::Grounds) {
            *column = if cell.contains("情形") { Column::Circumstances } else { Column::Statutes };
        }
        if !columns.contains(&Column::Statutes) || !columns.contains(&Column::Circumstances) {
            for column in columns.iter_mut().filter(|c| matches!(c, Column::Statutes | Column::Circumstances)) {
                *column = Column::Grounds;
            }
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Block, SourceText, blocks, decode};

    fn header(line: &str) -> Option<Header> {
        let source: SourceText = decode("list.md".as_ref(), line.into()).expect("it is text");
        let [Block::Table(table)] = &blocks(&source)[..] else { panic!("it is a table") };
        Header::of(&table.rows[0])
    }

    #[test]
    fn columns_are_what_their_headings_say() {
        use Column::*;
        for (line, kind, columns) in [
            (
                "| 序号 | 主要职责 | 具体责任事项 | 追责依据及追责情形 |",
                TableKind::Duties,
                &[Number, Duty, Items, Grounds][..],
            ),
            ("| 责任追究依据 | 职责内容 | 部门职责 | 编号 |", TableKind::Duties, &[Grounds, Items, Duty, Number]),
            (
                "| 序 号 | 职 责 | 责任事项 | 追责依据 | 追责情形 | 备注 |",
                TableKind::Duties,
                &[Number, Duty, Items, Statutes, Circumstances, Unknown],
            ),
            (
                "| 序号 | 服务事项 | 主要内容 | 承办机构 | 联系电话 |",
                TableKind::Services,
                &[Number, Service, Content, Organiser, Contact],
            ),
            (
                "| 序号 | 管理事项 | 相关部门 | 职责分工及协调配合机制 | 相关依据 | 事例 |",
                TableKind::Boundary,
                &[Number, Shared, Shared, Shared, Shared, Shared],
            ),
        ] {
            assert_eq!(header(line), Some(Header { kind, columns: columns.to_vec() }), "{line}");
        }
    }

    #[test]
    fn rows_are_no_headers() {
        for line in ["| 4 | 负责建立职责清单制度 | | |", "| | 无 | | | | |", "| 职责 | 依据《劳动法》追责的。 |"]
        {
            assert_eq!(header(line), None, "{line}");
        }
    }
}
