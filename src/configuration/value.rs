use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use lawcite_search_api::ClientHeader;

use crate::logs::LogFormat;
use crate::place::Backend;

/// How a setting is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// By one text.
    One,
    /// By `true`, `false`, or a flag alone.
    Switch,
    /// By any number of texts; several in one are parted by commas.
    Many,
}

/// What a setting can be set to.
pub(crate) trait Value: Sized {
    const FORM: Form = Form::One;

    /// Reads what was given; if that is wrong, says why.
    fn read(given: &[String]) -> Result<Self, String>;

    /// As the file writes it, `None` if there is nothing to write.
    fn show(&self) -> Option<toml::Value>;
}

/// The texts in a value of the file, `None` if it is neither one nor a list of them.
pub(crate) fn items(value: &toml::Value) -> Option<Vec<String>> {
    let text = |value: &toml::Value| match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    };
    match value {
        toml::Value::Array(values) => values.iter().map(text).collect(),
        value => text(value).map(|text| vec![text]),
    }
}

fn one(given: &[String]) -> Result<&str, String> {
    match given {
        [text] => Ok(text),
        _ => Err("it takes one value".to_owned()),
    }
}

/// Values that are one text, which says itself whether it is right.
macro_rules! values {
    ($($kind:ty: $read:expr, $show:expr;)+) => {$(
        impl Value for $kind {
            fn read(given: &[String]) -> Result<$kind, String> {
                let text = one(given)?;
                let read: fn(&str) -> Result<$kind, String> = $read;
                read(text).map_err(|error| format!("{error}, not `{text}`"))
            }

            fn show(&self) -> Option<toml::Value> {
                let show: fn(&$kind) -> toml::Value = $show;
                Some(show(self))
            }
        }
    )+};
}

values! {
    SocketAddr: |text| text.parse().map_err(|_| "an address is written as 127.0.0.1:8080".to_owned()),
        |address| address.to_string().into();
    PathBuf: |text| if text.is_empty() { Err("a path is expected".to_owned()) } else { Ok(text.into()) },
        |path| path.to_string_lossy().into_owned().into();
    String: |text| Ok(text.to_owned()), |text| text.clone().into();
    usize: whole, |number| whole_value(*number);
    u32: whole, |number| whole_value(*number);
    u64: whole, |number| whole_value(*number);
    Duration: |text| humantime::parse_duration(text).map_err(|_| "a time is written as 10s or 500ms".to_owned()),
        |time| humantime::format_duration(*time).to_string().into();
    ClientHeader: str::parse, |header| header.name().into();
    LogFormat: str::parse, |format| format.name().into();
    Backend: str::parse, |backend| backend.name().into();
}

impl Value for bool {
    const FORM: Form = Form::Switch;

    fn read(given: &[String]) -> Result<bool, String> {
        let text = one(given)?;
        text.parse().map_err(|_| format!("it is true or false, not `{text}`"))
    }

    fn show(&self) -> Option<toml::Value> {
        Some((*self).into())
    }
}

/// What need not be set: nothing given unsets it.
impl<T: Value> Value for Option<T> {
    fn read(given: &[String]) -> Result<Option<T>, String> {
        if given.iter().all(String::is_empty) { Ok(None) } else { T::read(given).map(Some) }
    }

    fn show(&self) -> Option<toml::Value> {
        self.as_ref().and_then(Value::show)
    }
}

impl Value for Vec<String> {
    const FORM: Form = Form::Many;

    fn read(given: &[String]) -> Result<Vec<String>, String> {
        Ok(parts(given).map(str::to_owned).collect())
    }

    fn show(&self) -> Option<toml::Value> {
        Some(self.clone().into())
    }
}

impl Value for Vec<IpNet> {
    const FORM: Form = Form::Many;

    fn read(given: &[String]) -> Result<Vec<IpNet>, String> {
        let net = |text: &str| text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).ok();
        parts(given)
            .map(|text| net(text).ok_or_else(|| format!("a net is written as 10.0.0.0/8 or 10.0.0.1, not `{text}`")))
            .collect()
    }

    fn show(&self) -> Option<toml::Value> {
        Some(self.iter().map(IpNet::to_string).collect::<Vec<_>>().into())
    }
}

fn parts(given: &[String]) -> impl Iterator<Item = &str> {
    given.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|part| !part.is_empty())
}

fn whole<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.replace('_', "").parse().map_err(|_| "a whole number is expected".to_owned())
}

fn whole_value(number: impl TryInto<i64>) -> toml::Value {
    number.try_into().unwrap_or(i64::MAX).into()
}
