//! Days as documents write them.

use time::{OffsetDateTime, UtcOffset};

/// China has one time.
const CHINA: (i8, i8, i8) = (8, 0, 0);

/// Today: `2026-11-25`.
pub(super) fn today() -> String {
    day(OffsetDateTime::now_utc())
}

/// The day of a moment, in seconds since 1970.
pub(super) fn day_of(seconds: u64) -> String {
    let moment = i64::try_from(seconds).ok().and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    day(moment.unwrap_or(OffsetDateTime::UNIX_EPOCH))
}

fn day(moment: OffsetDateTime) -> String {
    let (hours, minutes, seconds) = CHINA;
    let offset = UtcOffset::from_hms(hours, minutes, seconds).unwrap_or(UtcOffset::UTC);
    moment.to_offset(offset).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_in_china() {
        assert_eq!(day_of(0), "1970-01-01");
        assert_eq!(day_of(1_700_000_000), "2023-11-15");
    }
}
