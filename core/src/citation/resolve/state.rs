//! The states of a statute: what its history says of when its words were which.
//!
//! A statute is passed, published and comes into force on different days, and a citation may give any of them: 10-26, 11-01
//! and 12-01 are one state of 劳动保障监察条例. An amendment begins a new one.

use crate::statute::{Event, EventKind, StatuteHeader};

/// Events of one state follow each other within so many months: between 公布 and 施行 there is seldom more than a year.
const LONGEST_PAUSE: u32 = 18 * 31;
/// The date of a file's name is the day of publication, which the history often leaves out. Of the corpus' 1,233 names
/// that no history line has, two thirds are within three months of a line (mostly within one) and nearly all others more
/// than five months after the last: there the history lacks the amendment.
const NAME_PAUSE: u32 = 92;

/// One state: the days that belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// In order of time.
    dates: Vec<String>,
    in_force: Option<String>,
    pub(super) repealed: bool,
}

impl State {
    /// Its first day.
    pub(super) fn begins(&self) -> &str {
        self.dates.first().map_or("", String::as_str)
    }

    /// The day from which it is law, as far as the history tells.
    pub(super) fn in_force(&self) -> &str {
        self.in_force.as_deref().unwrap_or_else(|| self.begins())
    }

    /// Whether `date`, as precise as it is (`2004`, `2004-11`), may be one of its days.
    pub(super) fn has(&self, date: &str) -> bool {
        self.dates.iter().any(|day| is_within(day, date))
    }

    /// Whether one of its days is as close to `date` as the days of one state are.
    pub(super) fn is_near(&self, date: &str) -> bool {
        self.dates.iter().any(|day| day_number(day).abs_diff(day_number(date)) <= LONGEST_PAUSE)
    }
}

/// Whether `day` lies in the year, month or day that `date` names.
pub(super) fn is_within(day: &str, date: &str) -> bool {
    day.strip_prefix(date).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The states of a version, oldest first. The last is the version's own.
pub(super) fn states(header: &StatuteHeader) -> Vec<State> {
    let mut events: Vec<&Event> = header.history.iter().collect();
    events.sort_by(|a, b| a.date.cmp(&b.date));
    let mut states: Vec<State> = Vec::new();
    let mut stage = Stage::default();
    for event in events {
        let next = Stage::of(event);
        let goes_on = states.last().and_then(|state| state.dates.last()).is_some_and(|last| {
            let pause = day_number(&event.date).saturating_sub(day_number(last));
            *last == event.date
                || next > stage && pause <= LONGEST_PAUSE
                || next == Stage::Nothing && pause <= NAME_PAUSE
        });
        if !goes_on {
            states.push(State::default());
        }
        let state = states.last_mut().expect("one was just pushed if there was none");
        state.dates.push(event.date.clone());
        state.repealed |= event.kinds.contains(&EventKind::Repealed);
        if event.kinds.contains(&EventKind::InForce) {
            state.in_force = Some(event.date.clone());
        }
        if !goes_on || next > stage {
            stage = next;
        }
    }
    if let Some(date) = header.version.date() {
        add_name(&mut states, date);
    }
    states
}

/// Adds the date of a file's name.
fn add_name(states: &mut Vec<State>, date: &str) {
    let Some(last) = states.last_mut() else {
        states.push(State { dates: vec![date.to_owned()], ..State::default() });
        return;
    };
    if last.has(date) {
        return;
    }
    let near = last.dates.iter().any(|day| day_number(day).abs_diff(day_number(date)) <= NAME_PAUSE);
    if near {
        last.dates.push(date.to_owned());
        last.dates.sort();
    } else if last.dates.iter().all(|day| day.as_str() < date) {
        states.push(State { dates: vec![date.to_owned()], ..State::default() });
    }
}

/// How far a state has come. It goes on while it comes further.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    #[default]
    Nothing,
    /// 通过, 修正, 修订.
    Passed,
    /// 批准: what was passed below is approved above, amendments too.
    Approved,
    Promulgated,
    InForce,
}

impl Stage {
    fn of(event: &Event) -> Stage {
        use EventKind::{Amended, Approved, InForce, Passed, Promulgated, Revised};
        let has = |kinds: &[EventKind]| kinds.iter().any(|kind| event.kinds.contains(kind));
        if has(&[Approved]) {
            Stage::Approved
        } else if has(&[Passed, Amended, Revised]) {
            Stage::Passed
        } else if has(&[Promulgated]) {
            Stage::Promulgated
        } else if has(&[InForce]) {
            Stage::InForce
        } else {
            Stage::Nothing
        }
    }
}

/// A day's number in a calendar whose months have 31 days, which is enough to tell weeks from months. What a date leaves
/// out is taken as the first.
fn day_number(date: &str) -> u32 {
    let mut parts = date.split('-').map(|part| part.parse().unwrap_or(1));
    let (year, month, day) = (parts.next().unwrap_or(1), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    // A year has so few digits wherever it was read as a date; others must not overflow.
    (u32::min(year, 9999) * 12 + u32::min(month, 12)) * 31 + u32::min(day, 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::{Version, read_events};

    fn shape(history: &str, version: &str) -> Vec<String> {
        let header = StatuteHeader {
            name: String::new(),
            version: Version::Dated(version.to_owned()),
            level: None,
            history: read_events(history),
            articles: 0,
        };
        states(&header).iter().map(|state| state.dates.join(" ")).collect()
    }

    #[test]
    fn what_belongs_together_is_one_state() {
        type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);
        const CASES: &[Case] = &[
            (
                "passed, published, in force",
                "2004年10月26日通过 2004年11月1日国务院令第423号公布 2004年12月1日施行",
                "2004-11-01",
                &["2004-10-26 2004-11-01 2004-12-01"],
            ),
            (
                "an amendment begins another",
                "2010年10月28日通过 2018年12月29日《决定》修正",
                "2018-12-29",
                &["2010-10-28", "2018-12-29"],
            ),
            (
                "two amendments within two months",
                "1994年7月5日通过 2018年10月26日第一次修正 2018年12月29日第二次修正",
                "2018-12-29",
                &["1994-07-05", "2018-10-26", "2018-12-29"],
            ),
            (
                "an amendment is passed, approved and published",
                "1998年7月30日通过 1998年10月24日批准 2015年10月29日修订 2015年12月30日批准 2016年1月13日公布 2016年5月1日施行",
                "2016-01-13",
                &["1998-07-30 1998-10-24", "2015-10-29 2015-12-30 2016-01-13 2016-05-01"],
            ),
            (
                "an amendment that is only approved in words",
                "2020年6月29日通过 2020年7月31日批准的《决定》修正",
                "2020-08-17",
                &["2020-06-29 2020-07-31 2020-08-17"],
            ),
            (
                "passed twice",
                "1998年6月11日通过 2020年12月23日通过",
                "2020-12-29",
                &["1998-06-11", "2020-12-23 2020-12-29"],
            ),
            (
                "an amendment that only the name tells of",
                "2004年9月5日公布",
                "2018-08-11",
                &["2004-09-05", "2018-08-11"],
            ),
            ("a name of a day before", "1990年6月22日公布", "1990-06-21", &["1990-06-21 1990-06-22"]),
            ("an old name", "1958年1月1日公布 1985年1月1日修订", "1958-07-06", &["1958-01-01", "1985-01-01"]),
            ("a name alone", "", "2023-10-16", &["2023-10-16"]),
        ];
        for (name, history, version, expected) in CASES {
            assert_eq!(shape(history, version), *expected, "{name}");
        }
    }

    #[test]
    fn a_date_is_as_precise_as_printed() {
        for (day, date, expected) in [
            ("2010-10-28", "2010", true),
            ("2010-10-28", "2010-10", true),
            ("2010-10-28", "2010-10-28", true),
            ("2010-10-28", "2010-1", false),
            ("2010-10-28", "2010-11", false),
        ] {
            assert_eq!(is_within(day, date), expected, "{day} {date}");
        }
    }
}
