//! An audit as tables.

use super::Table;
use super::marked::marked;
use crate::pages::{Language, labels};
use crate::wire::{AuditPlace, AuditResponse, AuditedCitation, DraftingFault};

/// A row for each citation, and in a second table one for each fault of drafting.
pub fn audit_tables(audit: &AuditResponse) -> Vec<Table> {
    let citations = Table {
        name: "引用".to_owned(),
        heading: vec![
            "结论",
            "引用",
            "所在条目",
            "所属",
            "来源位置",
            "清单所引文字",
            "现行法规",
            "现行条文",
            "现行文字",
            "差异",
            "效力",
            "取代或更名",
        ],
        rows: audit.citations.iter().map(row).collect(),
    };
    let faults = Table {
        name: "书写".to_owned(),
        heading: vec!["问题", "规则", "文字", "应为", "依据", "所在条目", "所属", "来源位置"],
        rows: audit.faults.iter().map(fault).collect(),
    };
    vec![citations, faults]
}

fn fault(fault: &DraftingFault) -> Vec<String> {
    vec![
        fault.label.clone(),
        fault.rule.name().to_owned(),
        fault.text.clone(),
        fault.instead.clone().unwrap_or_default(),
        fault.standard.clone(),
        fault.unit.clone(),
        fault.heading.clone().unwrap_or_default(),
        place(&fault.place),
    ]
}

fn row(citation: &AuditedCitation) -> Vec<String> {
    let present = citation.present.as_ref();
    let version = |date: &Option<String>| date.as_ref().map(|date| format!("（{date}）")).unwrap_or_default();
    let successor = citation.successor.as_ref();
    vec![
        citation.finding.label().to_owned(),
        citation.text.clone(),
        citation.unit.clone(),
        citation.heading.clone().unwrap_or_default(),
        place(&citation.place),
        citation.quoted.clone().unwrap_or_default(),
        present.map(|law| format!("《{}》{}", law.statute, version(&law.version))).unwrap_or_default(),
        present.and_then(|law| law.label.clone()).unwrap_or_default(),
        present.and_then(|law| law.text.clone()).unwrap_or_default(),
        marked(&citation.difference),
        labels::status(Language::Chinese, citation.status).to_owned(),
        successor.map(|successor| labels::successor(Language::Chinese, citation.status, successor)).unwrap_or_default(),
    ]
}

/// 工作表“附表1”第3行第5列, 第47行.
pub fn place(place: &AuditPlace) -> String {
    let sheet = place.sheet.as_ref().map(|sheet| format!("工作表“{sheet}”"));
    let row = place.row.map(|row| format!("第{row}行"));
    let column = place.column.map(|column| format!("第{column}列"));
    let line = place.line.filter(|_| place.row.is_none()).map(|line| format!("第{line}行"));
    [sheet, row, column, line].into_iter().flatten().collect()
}
