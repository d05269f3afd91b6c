//! Logs, on standard error.

use std::io::{self, IsTerminal};
use std::str::FromStr;

use anyhow::Context;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

/// What is logged unless something else is wanted.
pub(crate) const DEFAULT_FILTER: &str = "warn,lawcite=info";

/// How an event is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// An object a line.
    Json,
}

impl LogFormat {
    pub(crate) fn name(self) -> &'static str {
        match self {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        }
    }
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<LogFormat, String> {
        let all = [LogFormat::Text, LogFormat::Json];
        all.into_iter().find(|format| format.name() == name).ok_or_else(|| "it is text or json".to_owned())
    }
}

/// Logs of a command that is run once.
pub(crate) fn start() {
    let filter = EnvFilter::try_from_env("LAWCITE_LOG").unwrap_or_else(|_| DEFAULT_FILTER.into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .init();
}

/// What a filter lets through.
///
/// # Errors
///
/// If it cannot be understood.
pub(crate) fn filter(text: &str) -> anyhow::Result<EnvFilter> {
    // A word that is no level would be taken for a module's name, and nothing else would be logged.
    let levels = ["off", "error", "warn", "info", "debug", "trace"];
    let is_level = |word: &str| levels.iter().any(|level| level.eq_ignore_ascii_case(word));
    let plain = text.split(',').map(str::trim).find(|word| !word.contains(['=', '[']) && !is_level(word));
    if let Some(word) = plain {
        anyhow::bail!("`log` has `{word}`, which is no level: {}", levels.join(", "));
    }
    EnvFilter::try_new(text).with_context(|| format!("`log` is set to `{text}`"))
}

/// Logs of a server. They are written on a thread of their own: whoever reads them slowly delays no request, and what waits too
/// long to be written is dropped. What still waits is written when the guard is dropped.
pub(crate) fn start_for_server(format: LogFormat, filter: &str) -> anyhow::Result<WorkerGuard> {
    let filter = self::filter(filter)?;
    let (writer, guard) = NonBlockingBuilder::default().thread_name("log").finish(io::stderr());
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false);
    match format {
        LogFormat::Text => logs.init(),
        LogFormat::Json => logs.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(guard)
}
