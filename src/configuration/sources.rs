use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::value::items;
use super::{Configuration, SETTINGS, Setting};

/// What was given, by key.
pub(crate) type Given = HashMap<&'static str, Vec<String>>;

/// What holds in the end, and why.
pub(crate) struct Effective {
    pub(crate) configuration: Configuration,
    sources: Vec<(&'static Setting, Source)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    Flag,
    Environment,
    File(PathBuf),
    Default,
}

/// Flags first, then the environment, then the file, then defaults.
///
/// # Errors
///
/// If the file cannot be read or has what is no setting, or a value is wrong. The message names the key.
pub(crate) fn effective(
    flags: &Given,
    environment: impl Fn(&str) -> Option<String>,
    file: Option<&Path>,
) -> anyhow::Result<Effective> {
    let in_file = match file {
        Some(path) => read(path)?,
        None => Given::new(),
    };
    let mut configuration = Configuration::default();
    let mut sources = Vec::new();
    for setting in SETTINGS {
        let of_environment = environment(&setting.variable()).map(|text| vec![text]);
        let (given, source) = if let Some(given) = flags.get(setting.key) {
            (given.clone(), Source::Flag)
        } else if let Some(given) = of_environment {
            (given, Source::Environment)
        } else if let (Some(given), Some(path)) = (in_file.get(setting.key), file) {
            (given.clone(), Source::File(path.to_owned()))
        } else {
            sources.push((setting, Source::Default));
            continue;
        };
        (setting.set)(&mut configuration, &given).map_err(|error| match &source {
            Source::Environment => anyhow::anyhow!("`{}`: {error}", setting.variable()),
            Source::File(path) => anyhow::anyhow!("`{}` in `{}`: {error}", setting.key, path.display()),
            Source::Flag | Source::Default => anyhow::anyhow!("`--{}`: {error}", setting.flag()),
        })?;
        sources.push((setting, source));
    }
    Ok(Effective { configuration, sources })
}

fn read(path: &Path) -> anyhow::Result<Given> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let table: toml::Table = text.parse().with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut given = Given::new();
    for (key, value) in &table {
        let Some(setting) = Setting::of(key) else {
            bail!("`{}` sets `{key}`, which is no setting{}", path.display(), suggestion(key));
        };
        let Some(items) = items(value) else {
            bail!("`{key}` in `{}` is neither a value nor a list of values", path.display());
        };
        given.insert(setting.key, items);
    }
    Ok(given)
}

/// What was probably meant.
fn suggestion(key: &str) -> String {
    let likeness = |setting: &&Setting| (strsim::jaro_winkler(key, setting.key) * 1000.0) as u32;
    let nearest = SETTINGS.iter().max_by_key(likeness).filter(|setting| likeness(setting) > 800);
    nearest.map_or_else(|| "; they are flat, without sections".to_owned(), |near| format!(": is `{}` meant?", near.key))
}

/// As a file that would set the same, with what each came from.
impl fmt::Display for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (setting, source) in &self.sources {
            let from = match source {
                Source::Flag => format!("--{}", setting.flag()),
                Source::Environment => setting.variable(),
                Source::File(path) => path.display().to_string(),
                Source::Default => "default".to_owned(),
            };
            match (setting.show)(&self.configuration) {
                Some(value) => writeln!(f, "{} = {value} # {from}", setting.key)?,
                None => writeln!(f, "# {} is not set", setting.key)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), text).expect("a file");
        file
    }

    fn refused(text: &str) -> String {
        let file = file(text);
        let error = effective(&Given::new(), |_| None, Some(file.path())).err().expect("it is wrong");
        format!("{error:#}").replace(&*file.path().to_string_lossy(), "lawcite.toml")
    }

    #[test]
    fn flags_come_before_the_environment_and_that_before_the_file() {
        let file =
            file("queue = 1\nburst = 2\nrate = 3\ntrusted_proxies = ['10.0.0.0/8', \"::1\"]\nidle_time = '1m'\n");
        let flags = Given::from([("queue", vec!["11".to_owned()])]);
        let environment = |variable: &str| match variable {
            "LAWCITE_QUEUE" | "LAWCITE_BURST" => Some("12".to_owned()),
            "LAWCITE_ALLOW_ORIGIN" => Some("https://a.example, https://b.example".to_owned()),
            _ => None,
        };
        let effective = effective(&flags, environment, Some(file.path())).expect("all is right");
        let Configuration { limits, allow_origin, .. } = &effective.configuration;
        assert_eq!((limits.queue, limits.burst, limits.rate, limits.connections), (11, 12, 3, 512));
        assert_eq!(limits.trusted_proxies.len(), 2);
        assert_eq!(limits.idle_time.as_secs(), 60);
        assert_eq!(allow_origin.as_slice(), ["https://a.example", "https://b.example"]);
        let printed = effective.to_string();
        for line in ["queue = 11 # --queue\n", "burst = 12 # LAWCITE_BURST\n", "connections = 512 # default\n"] {
            assert!(printed.contains(line), "{printed}");
        }
        assert!(printed.contains(&format!("rate = 3 # {}\n", file.path().display())), "{printed}");
        assert!(printed.parse::<toml::Table>().is_ok_and(|table| table.contains_key("idle_time")), "{printed}");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, complaint) in [
            ("quue = 3", "`lawcite.toml` sets `quue`, which is no setting: is `queue` meant?"),
            (
                "[limits]\nqueue = 3",
                "`lawcite.toml` sets `limits`, which is no setting; they are flat, without sections",
            ),
            ("queue = 'lots'", "`queue` in `lawcite.toml`: a whole number is expected, not `lots`"),
            ("queue = -1", "`queue` in `lawcite.toml`: a whole number is expected, not `-1`"),
            ("queue_time = 3", "`queue_time` in `lawcite.toml`: a time is written as 10s or 500ms, not `3`"),
            ("trusted_proxies = 'x'", "`trusted_proxies` in `lawcite.toml`: a net is written as"),
            ("log_queries = 'yes'", "`log_queries` in `lawcite.toml`: it is true or false, not `yes`"),
            ("listen = []", "`listen` in `lawcite.toml`: it takes one value"),
            ("queue = {}", "`queue` in `lawcite.toml` is neither a value nor a list of values"),
            ("queue = ", "cannot read `lawcite.toml`"),
        ] {
            let said = refused(text);
            assert!(said.contains(complaint), "{text}: {said}");
        }
    }
}
