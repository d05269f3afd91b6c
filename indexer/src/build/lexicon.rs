//! A changed lexicon, without reading any source.

use std::path::Path;

use lawcite_core::index::{GenerationWriter, IndexFolder, Manifest};
use lawcite_core::lexicon::LexiconFiles;

use super::run::BuildError;
use crate::listing::Vocabulary;

/// Publishes a generation that is the current one but for its lexicon, which is that of the folder `lexicon`.
///
/// # Errors
///
/// If either cannot be read, or what was read out of sources would be other with this lexicon
/// ([`BuildError::LexiconActsOnSources`]). Whatever goes wrong, the index is left as it was.
pub fn install_lexicon(index: &Path, lexicon: &Path) -> Result<Manifest, BuildError> {
    let files = LexiconFiles::read(lexicon)?;
    let folder = IndexFolder::new(index);
    let lock = folder.lock_for_writing()?;
    let (manifest, before) = (folder.manifest()?, folder.lexicon()?);
    for file in [LexiconFiles::SEGMENTATION, Vocabulary::FILE] {
        if files.file(file) != before.file(file) {
            return Err(BuildError::LexiconActsOnSources { file });
        }
    }
    // Made of the words of the index, which stay.
    let files = files.with(LexiconFiles::DICTIONARY, before.file(LexiconFiles::DICTIONARY));
    let mut writer = GenerationWriter::begin(&lock, &files, true)?;
    if writer.keep_all() != manifest.documents.len() {
        return Err(BuildError::NotReusable);
    }
    Ok(writer.publish(manifest.sources)?)
}
