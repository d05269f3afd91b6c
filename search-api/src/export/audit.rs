//! An audit as tables.

use lawcite_core::audit::SegmentKind;

use super::Table;
use crate::pages::labels;
use crate::wire::{AuditPlace, AuditResponse, AuditedCitation, DifferenceSegment};

/// A row for each citation.
pub fn audit_table(audit: &AuditResponse) -> Vec<Table> {
    vec![Table {
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
    }]
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
        labels::status(citation.status).to_owned(),
        successor.map(|successor| labels::successor(citation.status, successor)).unwrap_or_default(),
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

/// The difference as plain text: [-what the list has-]{+what the law has+}.
fn marked(difference: &[DifferenceSegment]) -> String {
    let mark = |segment: &DifferenceSegment| match segment.kind {
        SegmentKind::Same => segment.text.clone(),
        SegmentKind::Removed => format!("[-{}-]", segment.text),
        SegmentKind::Added => format!("{{+{}+}}", segment.text),
    };
    difference.iter().map(mark).collect()
}
