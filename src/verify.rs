//! `lawcite verify`.

use std::io::Write;

use crate::arguments::VerifyArguments;

pub(crate) fn run(arguments: &VerifyArguments) -> anyhow::Result<()> {
    let (manifest, problems) = arguments.index.place()?.verify()?;
    for problem in &problems {
        eprintln!("{}: {}", problem.file, problem.reason);
    }
    anyhow::ensure!(
        problems.is_empty(),
        "{} of {} files of the index are damaged: build it again with `lawcite index --full`",
        problems.len(),
        manifest.files.len()
    );
    let bytes = manifest.counts.index_bytes;
    writeln!(std::io::stdout(), "{} files, {} kB: all as they were written", manifest.files.len(), bytes / 1000)?;
    Ok(())
}
