//! `lawcite backup` and `lawcite restore`.

use std::io::Write;

use lawcite_core::index::IndexFolder;

use crate::arguments::{BackupArguments, RestoreArguments};

pub(crate) fn run(arguments: &BackupArguments) -> anyhow::Result<()> {
    let manifest = IndexFolder::new(&arguments.index.path).backup(&arguments.file)?;
    let (file, kilobytes) = (arguments.file.display(), manifest.counts.index_bytes / 1000);
    writeln!(std::io::stdout(), "{file}: {} documents, {kilobytes} kB", manifest.counts.documents)?;
    Ok(())
}

pub(crate) fn restore(arguments: &RestoreArguments) -> anyhow::Result<()> {
    let lock = IndexFolder::new(&arguments.index.path).lock_for_writing()?;
    let (generation, manifest) = lock.restore(&arguments.file)?;
    writeln!(
        std::io::stdout(),
        "generation {generation}: {} documents, {} units",
        manifest.counts.documents,
        manifest.counts.units
    )?;
    Ok(())
}
