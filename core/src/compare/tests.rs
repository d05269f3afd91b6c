use super::*;
use crate::audit::SegmentKind;
use crate::unit::{Ancestor, Detail, Kind, Passage, Unit};

/// A list of duties: a name, and the items under it.
fn list(id: &str, duties: &[(&str, &[&str])]) -> Vec<Unit> {
    let mut units = Vec::new();
    for (number, (name, items)) in (1..).zip(duties) {
        let duty = format!("{id}/duty/{number}");
        units.push(unit(duty.clone(), Kind::Duty, name, Detail::Numbered { no: Some(number) }));
        for (item, words) in (1..).zip(*items) {
            let mut unit = unit(format!("{duty}/item/{item}"), Kind::Item, words, Detail::Plain);
            unit.path = vec![Ancestor { id: Some(duty.clone()), label: (*name).to_owned() }];
            units.push(unit);
        }
    }
    units
}

fn unit(id: String, kind: Kind, text: &str, detail: Detail) -> Unit {
    Unit { id, kind, passage: Passage { text: text.to_owned(), pieces: Vec::new() }, path: Vec::new(), detail }
}

/// `fate place → place [name] part: difference`
fn shown(change: &EntryChange) -> String {
    let place = |entry: &Option<ListedEntry>| {
        entry.as_ref().and_then(|entry| entry.id.rsplit('/').next()).unwrap_or("–").to_owned()
    };
    let marked = |segments: &[crate::audit::Segment]| -> String {
        let mark = |segment: &crate::audit::Segment| match segment.kind {
            SegmentKind::Same => segment.text.clone(),
            SegmentKind::Removed => format!("[-{}-]", segment.text),
            SegmentKind::Added => format!("{{+{}+}}", segment.text),
        };
        segments.iter().map(mark).collect()
    };
    let mut shown = format!("{} {} {}", change.fate.name(), place(&change.before), place(&change.after));
    if !change.name.is_empty() {
        shown += &format!(" {}", marked(&change.name));
    }
    for part in &change.parts {
        shown += &format!(" {}: {}", part.label, marked(&part.difference));
    }
    shown
}

const LICENCES: (&str, &[&str]) = ("负责旧纸回收许可", &["受理申请。", "依照《垃圾分类法》第三条审查。"]);
const FINES: (&str, &[&str]) = ("负责对乱扔垃圾的处罚", &["调查取证。", "送达决定。"]);
const REPORTS: (&str, &[&str]) = ("负责垃圾分类统计", &["报送年度报告。"]);

#[test]
fn entries_are_added_dropped_renamed_and_changed() {
    let renamed = ("负责旧纸、旧瓶回收许可", LICENCES.1);
    let changed = (FINES.0, &["调查取证。", "五日内送达决定。"][..]);
    let both = ("负责对乱扔垃圾行为的处罚", changed.1);
    for (name, before, after, expected) in [
        ("the same", &[LICENCES, FINES][..], &[LICENCES, FINES][..], &[][..]),
        ("in another order", &[LICENCES, FINES], &[FINES, LICENCES], &[]),
        ("added", &[LICENCES], &[LICENCES, REPORTS], &["added – 2"]),
        (
            "dropped, shown where it stood",
            &[LICENCES, FINES, REPORTS],
            &[LICENCES, ("负责垃圾分类统计", &["报送月度报告。"])],
            &["dropped 2 –", "changed 3 2 责任事项: 报送[-年-]{+月+}度报告。"],
        ),
        ("renamed", &[LICENCES, FINES], &[renamed, FINES], &["renamed 1 1 负责旧纸{+旧瓶+}回收许可"]),
        ("changed", &[FINES], &[changed], &["changed 1 1 责任事项: 调查取证。{+五日内+}送达决定。"]),
        (
            "renamed and changed",
            &[REPORTS, FINES],
            &[both, REPORTS],
            &["changed 2 1 负责对乱扔垃圾{+行为+}的处罚 责任事项: 调查取证。{+五日内+}送达决定。"],
        ),
        ("nothing in common", &[LICENCES], &[("组织春节联欢活动", &["布置会场。"])], &["dropped 1 –", "added – 1"]),
        ("equal ones in their order", &[FINES, FINES], &[FINES], &["dropped 2 –"]),
    ] {
        let found = compare(&list("a", before), &list("b", after));
        assert_eq!(found.changes.iter().map(shown).collect::<Vec<_>>(), expected, "{name}");
    }
}

#[test]
fn citations_come_and_go() {
    let amended = (LICENCES.0, &["受理申请。", "依照《垃圾分类法》第五条审查。"][..]);
    let found = compare(&list("a", &[LICENCES]), &list("b", &[amended]));
    assert_eq!(found.citations_dropped, ["《垃圾分类法》第三条"]);
    assert_eq!(found.citations_added, ["《垃圾分类法》第五条"]);
    assert_eq!(found.unchanged, 0);
}

#[test]
fn blanks_and_punctuation_change_nothing() {
    let spaced = ("负责旧纸 回收许可", &["受理申请", "依照《 垃圾分类法》第三条审查；"][..]);
    let found = compare(&list("a", &[LICENCES]), &list("b", &[spaced]));
    assert_eq!((found.changes.len(), found.unchanged), (0, 1));
}
