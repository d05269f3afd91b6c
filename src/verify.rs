//! `lawcite verify`.

use std::io::Write;

use crate::arguments::VerifyArguments;
use crate::place::Backend;

pub(crate) fn run(arguments: &VerifyArguments) -> anyhow::Result<()> {
    let (manifest, problems) = arguments.index.place()?.verify()?;
    for problem in &problems {
        eprintln!("{}: {}", problem.file, problem.reason);
    }
    if arguments.index.backend == Backend::Opensearch {
        let (wrong, documents) = (problems.len(), manifest.counts.documents);
        anyhow::ensure!(
            wrong == 0,
            "{wrong} of {documents} documents in the cluster are not as they were sent: index them again"
        );
        writeln!(std::io::stdout(), "{documents} documents, {} units: all as they were sent", manifest.counts.units)?;
        return Ok(());
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
