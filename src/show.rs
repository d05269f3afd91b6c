//! `lawcite show`.

use lawcite_core::index::Index;

use crate::arguments::{SearchArguments, ShowArguments};

pub(crate) fn run(_arguments: ShowArguments) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}

pub(crate) fn print_search(_index: &Index, _arguments: &SearchArguments, _query: &str) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
