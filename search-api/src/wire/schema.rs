//! Closed sets of names in the OpenAPI description, taken from the types that they are the names of.

use lawcite_core::audit::{Finding, Rule, SegmentKind};
use lawcite_core::citation::MentionKind;
use lawcite_core::citation::resolve::{Outcome, Status, Verdict};
use lawcite_core::compare::EntryFate;
use lawcite_core::index::SuggestionKind;
use lawcite_core::query::{Intent, Language, Origin};
use lawcite_core::responsibility::Column;
use lawcite_core::statute::{EventKind, Level};
use lawcite_core::unit::Kind;
use serde::Serialize;
use utoipa::openapi::Object;
use utoipa::openapi::schema::{Array, ArrayBuilder, ObjectBuilder, SchemaType, Type};

fn names(values: &[impl Serialize], nullable: bool) -> Object {
    let name = |value| serde_json::to_value(value).expect("a name");
    let mut all: Vec<serde_json::Value> = values.iter().map(name).collect();
    let mut types = SchemaType::from(Type::String);
    if nullable {
        all.push(serde_json::Value::Null);
        types = SchemaType::from_iter([Type::String, Type::Null]);
    }
    ObjectBuilder::new().schema_type(types).enum_values(Some(all)).build()
}

pub(super) fn kind() -> Object {
    names(&Kind::ALL, false)
}

pub(super) fn kinds() -> Array {
    ArrayBuilder::new().items(kind()).description(Some("Kinds of units. Any of them will do.")).build()
}

pub(super) fn language() -> Object {
    names(&[Language::Zh, Language::En, Language::Mixed, Language::Pinyin], false)
}

pub(super) fn intent() -> Object {
    let all = [
        Intent::Liability,
        Intent::Responsibility,
        Intent::Citation,
        Intent::Deadline,
        Intent::Procedure,
        Intent::Contact,
    ];
    names(&all, true)
}

pub(super) fn suggestion_kind() -> Object {
    use SuggestionKind::{Citation, Duty, Statute, Term};
    names(&[Statute, Duty, Term, Citation], false)
}

/// The intents that a card answers.
pub(super) fn answered_intent() -> Object {
    names(&[Intent::Liability], false)
}

pub(super) fn origin() -> Object {
    let all = [
        Origin::Typed,
        Origin::Alias,
        Origin::English,
        Origin::Traditional,
        Origin::Pinyin,
        Origin::Spelling,
        Origin::Lay,
    ];
    names(&all, false)
}

pub(super) fn mention_kind() -> Object {
    let all = [
        MentionKind::Named,
        MentionKind::Bare,
        MentionKind::Carried,
        MentionKind::SelfReference,
        MentionKind::Relative,
        MentionKind::Number,
    ];
    names(&all, false)
}

pub(super) fn outcome() -> Object {
    let all = [
        Outcome::Resolved,
        Outcome::OtherVersion,
        Outcome::Ambiguous,
        Outcome::ArticleAbsent,
        Outcome::StatuteUnknown,
        Outcome::Unresolved,
    ];
    names(&all, false)
}

pub(super) fn statute_status() -> Object {
    names(&[Status::InForce, Status::Amended, Status::Repealed, Status::NotYet, Status::Unknown], false)
}

pub(super) fn level() -> Object {
    names(&Level::ALL, true)
}

pub(super) fn event_kinds() -> Array {
    let all = [
        EventKind::Passed,
        EventKind::Approved,
        EventKind::Promulgated,
        EventKind::Amended,
        EventKind::Revised,
        EventKind::InForce,
        EventKind::Repealed,
    ];
    ArrayBuilder::new().items(names(&all, false)).build()
}

pub(super) fn column() -> Object {
    names(Column::ALL, false)
}

pub(super) fn verdict() -> Object {
    names(&[Verdict::Matches, Verdict::Differs, Verdict::Moved, Verdict::NotFound], false)
}

pub(super) fn finding() -> Object {
    names(&Finding::ALL, false)
}

pub(super) fn findings() -> Array {
    ArrayBuilder::new().items(finding()).description(Some("Findings. Any of them will do.")).build()
}

pub(super) fn rule() -> Object {
    names(Rule::ALL, false)
}

pub(super) fn entry_fate() -> Object {
    names(&EntryFate::ALL, false)
}

pub(super) fn segment_kind() -> Object {
    names(&[SegmentKind::Same, SegmentKind::Removed, SegmentKind::Added], false)
}
