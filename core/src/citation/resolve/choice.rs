//! Which version of a statute a citation means, and whether it is there.

use super::catalogue::{CataloguedStatute, CataloguedVersion};
use super::state::{State, is_within};
use crate::citation::Promulgation;

/// A version that is there, and how it stands to the one that is meant.
#[derive(Clone, Debug)]
pub(super) struct Choice<'c> {
    pub(super) version: &'c CataloguedVersion,
    /// Whether it is the one meant.
    pub(super) is_meant: bool,
    /// The first day of the state that is meant, as precise as it is known; empty where nothing is known.
    pub(super) begins: String,
    /// Whether the statute's history knows the state.
    pub(super) is_known: bool,
}

impl<'c> Choice<'c> {
    /// That very version.
    pub(super) fn of(version: &'c CataloguedVersion) -> Choice<'c> {
        Choice { version, is_meant: true, begins: version.begins().to_owned(), is_known: true }
    }
}

/// What tells which version is meant, best first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence<'a> {
    pub(super) promulgation: Option<&'a Promulgation>,
    /// An order cited by its number.
    pub(super) number: Option<&'a str>,
    /// A name under which the statute was known until that day.
    pub(super) renamed: Option<&'a str>,
    /// When the citing text was written.
    pub(super) as_of: Option<&'a str>,
}

/// The version meant: by the dates cited, else by the order cited, else by what was law when the citing text was written,
/// else the newest.
pub(super) fn choose<'c>(statute: &'c CataloguedStatute, evidence: Evidence<'_>) -> Choice<'c> {
    let timeline = statute.timeline();
    let number = evidence.promulgation.and_then(|promulgation| promulgation.document_number.as_deref());
    let cited = evidence.promulgation.and_then(last_date);
    let of_order = number.or(evidence.number).and_then(|number| statute.date_of_order(number));
    let of_day = |date| timeline.iter().rfind(|state| state.has(date)).copied();
    let state = cited
        .and_then(of_day)
        .or_else(|| of_order.and_then(of_day))
        .or_else(|| cited.and_then(|date| state_at(&timeline, date).filter(|state| state.is_near(date))));
    if let Some(state) = state {
        return of_state(statute, state);
    }
    // The history does not know the date.
    if let Some(date) = cited {
        return Choice { is_meant: false, is_known: false, ..of_date(statute, date) };
    }
    let (state, date) = match (evidence.renamed, evidence.as_of) {
        (Some(day), as_of) if as_of.is_none_or(|as_of| day <= as_of) => (state_before(&timeline, day), day),
        (_, Some(as_of)) => (state_at(&timeline, as_of), as_of),
        _ => return Choice::of(statute.newest()),
    };
    match state {
        Some(state) => of_state(statute, state),
        None => of_date(statute, date),
    }
}

/// The last date that the parenthesis gives: of the state that it tells of.
fn last_date(promulgation: &Promulgation) -> Option<&str> {
    let amended = promulgation.amended.iter().map(|amendment| amendment.date.as_str());
    amended.chain(promulgation.date.as_deref()).max()
}

/// The state that is law at a date: the last that is in force by then, else the last that has begun by then.
fn state_at<'s>(timeline: &[&'s State], date: &str) -> Option<&'s State> {
    let is_reached = |day: &str| day <= date || is_within(day, date);
    let in_force = timeline.iter().rfind(|state| is_reached(state.in_force()));
    in_force.or_else(|| timeline.iter().rfind(|state| is_reached(state.begins()))).copied()
}

/// The last state that began before a day.
fn state_before<'s>(timeline: &[&'s State], day: &str) -> Option<&'s State> {
    timeline.iter().rfind(|state| state.begins() < day).copied()
}

fn of_state<'c>(statute: &'c CataloguedStatute, state: &State) -> Choice<'c> {
    match statute.versions.iter().rfind(|version| version.begins() == state.begins()) {
        Some(version) => Choice::of(version),
        None => Choice { is_known: true, ..of_date(statute, state.begins()) },
    }
}

/// The version to show for one of that date, which is not there: the first one after it, else the newest.
fn of_date<'c>(statute: &'c CataloguedStatute, date: &str) -> Choice<'c> {
    let after = statute.versions.iter().find(|version| version.begins() > date);
    let version = after.unwrap_or_else(|| statute.newest());
    Choice { version, is_meant: false, begins: date.to_owned(), is_known: false }
}
