//! `lawcite lexicon`.

use std::io::Write;

use lawcite_core::index::IndexFolder;
use lawcite_core::lexicon::LexiconFiles;
use lawcite_indexer::install_lexicon;

use crate::arguments::{LexiconCommand, LexiconFolder};

pub(crate) fn run(command: LexiconCommand) -> anyhow::Result<()> {
    match command {
        LexiconCommand::Check(folder) => check(&folder),
        LexiconCommand::Install { lexicon, index } => {
            check(&lexicon)?;
            install_lexicon(&index.path, &lexicon.path)?;
            let generation = IndexFolder::new(&index.path).current()?.unwrap_or_default();
            writeln!(std::io::stdout(), "generation {generation} has the lexicon of `{}`", lexicon.path.display())?;
            Ok(())
        }
    }
}

fn check(folder: &LexiconFolder) -> anyhow::Result<()> {
    let warnings = LexiconFiles::read(&folder.path)?.check();
    for warning in &warnings {
        eprintln!("{}:{}: {}", folder.path.join(&warning.file).display(), warning.line, warning.message);
    }
    let folder = folder.path.display();
    anyhow::ensure!(warnings.is_empty(), "{} lines of the lexicon `{folder}` are to be mended", warnings.len());
    writeln!(std::io::stdout(), "the lexicon `{folder}` is in order")?;
    Ok(())
}
