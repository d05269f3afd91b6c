//! `lawcite serve`.

use crate::arguments::ServeArguments;

pub(crate) fn run(arguments: ServeArguments) -> anyhow::Result<()> {
    let _ = arguments;
    anyhow::bail!("not yet")
}
