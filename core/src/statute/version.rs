//! Which version of a statute: `社会保险法@2018-12-29`.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Stands between a statute's name and its version.
const MARK: char = '@';
const UNDATED: &str = "undated";

/// What tells the versions of a statute apart. They are ordered by age; one without a date counts as the oldest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Version {
    /// No date is known.
    #[default]
    Undated,
    /// `2018-12-29`.
    Dated(String),
}

impl Version {
    /// The date, if one is known.
    pub fn date(&self) -> Option<&str> {
        match self {
            Version::Undated => None,
            Version::Dated(date) => Some(date),
        }
    }
}

impl From<Option<String>> for Version {
    fn from(date: Option<String>) -> Version {
        date.map_or(Version::Undated, Version::Dated)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.date().unwrap_or(UNDATED))
    }
}

impl FromStr for Version {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Version, Infallible> {
        Ok(if text == UNDATED { Version::Undated } else { Version::Dated(text.to_owned()) })
    }
}

/// The identifier of a statute: its name and its version. A `/` would end it, an `@` its name: they become `-`.
///
/// # Example
///
/// ```
/// # use lawcite_core::statute::{Version, statute_id};
/// let version = Version::Dated("2018-12-29".to_owned());
/// assert_eq!(statute_id("社会保险法", &version), "社会保险法@2018-12-29");
/// assert_eq!(statute_id("民法典", &Version::Undated), "民法典@undated");
/// ```
pub fn statute_id(name: &str, version: &Version) -> String {
    let name = name.replace(['/', MARK], "-");
    format!("{name}{MARK}{version}")
}

/// The name and the version of a statute's identifier; without `@…` there is only a name.
pub fn split_statute_id(id: &str) -> (&str, Option<Version>) {
    match id.rsplit_once(MARK) {
        Some((name, version)) => (name, version.parse().ok()),
        None => (id, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_age() {
        let dated = |date: &str| Version::Dated(date.to_owned());
        let mut versions = [dated("2018-12-29"), Version::Undated, dated("2010-10-28")];
        versions.sort();
        assert_eq!(versions, [Version::Undated, dated("2010-10-28"), dated("2018-12-29")]);
    }

    #[test]
    fn an_identifier_gives_back_what_it_was_made_of() {
        for (name, version) in [("社会保险法", Version::Dated("2018-12-29".to_owned())), ("民法典", Version::Undated)]
        {
            let id = statute_id(name, &version);
            assert_eq!(split_statute_id(&id), (name, Some(version)));
        }
        assert_eq!(split_statute_id("社会保险法"), ("社会保险法", None));
        assert_eq!(statute_id("甲/乙@丙规定", &Version::Undated), "甲-乙-丙规定@undated");
    }
}
