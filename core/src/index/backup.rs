//! A generation as one file, and back: a tar archive, the manifest first, then the files in its order.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use tar::{Archive, Builder, EntryType, Header};

use super::files;
use super::generation::{Depth, IndexError, IndexFolder, WriterLock};
use super::manifest::Manifest;
use super::writer::{LEXICON, UNITS};
use crate::analyzer::Fingerprint;
use crate::lexicon::LexiconFiles;

/// A manifest of a million documents has less.
const LARGEST_MANIFEST_BYTES: u64 = 1 << 30;

impl IndexFolder {
    /// Writes the current generation to the file `to`, after checking every byte. What was there before goes when the new
    /// one is whole. The index may be read and even built meanwhile.
    ///
    /// # Errors
    ///
    /// If there is no index, it is damaged, or the file cannot be written.
    pub fn backup(&self, to: &Path) -> Result<Manifest, IndexError> {
        let held = self.hold_current()?;
        held.check(Depth::Bytes)?;
        let mut beside = to.to_owned().into_os_string();
        beside.push(".part");
        let beside = Path::new(&beside);
        let written = write_archive(&held.folder, &held.manifest, beside)
            .and_then(|()| std::fs::rename(beside, to))
            .and_then(|()| {
                File::open(to.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new(".")))?.sync_all()
            });
        match written {
            Ok(()) => Ok(held.manifest),
            Err(source) => {
                // It may not even be there.
                let _ = std::fs::remove_file(beside);
                Err(IndexError::write(to, source))
            }
        }
    }
}

fn write_archive(folder: &Path, manifest: &Manifest, to: &Path) -> io::Result<()> {
    let mut archive = Builder::new(BufWriter::new(File::create(to)?));
    let mut add = |name: &str| {
        let mut file = File::open(folder.join(name))?;
        let mut header = Header::new_gnu();
        header.set_size(file.metadata()?.len());
        header.set_mode(0o644);
        header.set_mtime(manifest.created);
        archive.append_data(&mut header, name, &mut file)
    };
    add(Manifest::FILE)?;
    for file in &manifest.files {
        add(&file.name)?;
    }
    let mut file = archive.into_inner()?;
    file.flush()?;
    file.get_ref().sync_all()
}

impl WriterLock {
    /// Makes the generation in the file `from` the current one, under the next number. Every byte is checked first.
    ///
    /// # Errors
    ///
    /// If the file is no backup, is damaged, was written by another version, or the index cannot be written. What served
    /// before goes on serving.
    pub fn restore(&self, from: &Path) -> Result<(String, Manifest), IndexError> {
        let damaged = |reason: &str| IndexError::Backup { path: from.to_owned(), reason: reason.to_owned() };
        let reading = |source| IndexError::read(from, source);
        let mut archive = Archive::new(BufReader::new(File::open(from).map_err(reading)?));
        let mut entries = archive.entries().map_err(reading)?;

        let mut next = || -> Result<Option<_>, IndexError> {
            let Some(entry) = entries.next() else { return Ok(None) };
            let entry = entry.map_err(|error| damaged(&format!("it is no backup: {error}")))?;
            if entry.header().entry_type() != EntryType::Regular {
                return Err(damaged("it holds more than files"));
            }
            let name = entry.path_bytes().into_owned();
            Ok(Some((String::from_utf8_lossy(&name).into_owned(), entry)))
        };
        let (_, mut first) = next()?
            .filter(|(name, entry)| name == Manifest::FILE && entry.size() <= LARGEST_MANIFEST_BYTES)
            .ok_or_else(|| damaged("it is no backup: it does not begin with a manifest"))?;
        let mut json = Vec::new();
        first.read_to_end(&mut json).map_err(reading)?;
        let manifest = Manifest::from_json(&json, from, from).map_err(|error| match error {
            IndexError::Damaged { reason, .. } => damaged(&reason),
            error => error,
        })?;

        let building = self.building()?;
        for name in [UNITS, LEXICON] {
            let path = building.join(name);
            self.disk().create_folder(&path).map_err(|source| IndexError::write(&path, source))?;
        }
        for file in &manifest.files {
            let (name, mut entry) = next()?.ok_or_else(|| damaged(&format!("`{}` is missing", file.name)))?;
            if name != file.name || !is_in_a_generation(&name) {
                return Err(damaged(&format!("it holds `{name}` where `{}` should be", file.name)));
            }
            let path = building.join(&name);
            let written = |source| IndexError::write(&path, source);
            let mut copy = self.disk().create(&path).map_err(written)?;
            let (bytes, checksum) = files::copy(&mut entry, &mut copy).map_err(written)?;
            copy.sync().map_err(written)?;
            if (bytes, &checksum) != (file.bytes, &file.checksum) {
                return Err(damaged(&format!("`{name}` is not what was written")));
            }
        }
        if let Some((name, _)) = next()? {
            return Err(damaged(&format!("it holds `{name}`, which its manifest does not name")));
        }

        let files = LexiconFiles::read(&building.join(LEXICON)).map_err(|error| damaged(&error.to_string()))?;
        if manifest.analyzer != Fingerprint::of(files.dictionary()) {
            let found = format!("analyzer {}", manifest.analyzer);
            return Err(IndexError::OtherVersion { folder: from.to_owned(), found });
        }
        let name = self.publish(&building, &manifest)?;
        Ok((name, manifest))
    }
}

/// Whether a generation may have a file of that name. An archive may come from anywhere.
fn is_in_a_generation(name: &str) -> bool {
    let file = [UNITS, LEXICON].iter().find_map(|folder| name.strip_prefix(folder)?.strip_prefix('/')).unwrap_or(name);
    !matches!(file, "" | "." | "..") && !file.contains(['/', '\\', '\0'])
}
