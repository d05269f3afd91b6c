//! Writing a generation.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tantivy::indexer::UserOperation;
use tantivy::{IndexSettings, IndexWriter, TantivyDocument, Term};

use super::authority::authority;
use super::build_directory::BuildDirectory;
use super::cites::cites;
use super::disk::{self, Disk};
use super::embedded::Stored;
use super::entry::Entry;
use super::generation::{Depth, IndexError, WriterLock, verify_files};
use super::manifest::{Counts, DocumentEntry, FORMAT, FileEntry, Manifest, READER, SourceEntry};
use super::record::record;
use super::resolution::moved_provisions;
use super::said::Said;
use super::schema::{Fields, HEADER, schema};
use super::tables::Tables;
use super::vocabulary::vocabulary;
use super::{files, tokenizers};
use crate::analyzer::{Fingerprint, LegalAnalyzer};
use crate::document::DocumentHeader;
use crate::lexicon::{Lexicon, LexiconFiles};
use crate::unit::{Kind, Unit};

/// Where tantivy's files lie in a generation.
pub(super) const UNITS: &str = "units";
/// Where the lexicon and the segmentation dictionary lie in a generation.
pub(super) const LEXICON: &str = "lexicon";

/// So many units of a document are handed to one thread that writes: neighbours share words, and lie together in a segment.
const NEIGHBOURS: usize = 1024;

/// What the threads that write may hold before they write it out. The fewer segments, the faster the build and the search:
/// 60 MB of text make one for each of two threads.
const WRITER_MEMORY_BYTES: usize = 400 << 20;

/// A generation being written. Dropped before [`publish`](GenerationWriter::publish), it leaves the index as it was.
pub struct GenerationWriter<'lock> {
    lock: &'lock WriterLock,
    building: PathBuf,
    writer: IndexWriter,
    fields: Fields,
    fingerprint: Fingerprint,
    lexicon: Lexicon,
    /// What the previous generation was made of, as far as it can be used again.
    reusable: HashMap<String, DocumentEntry>,
    /// The files that this generation shares with it, by name.
    shared: HashMap<String, FileEntry>,
    documents: BTreeMap<String, DocumentEntry>,
}

impl<'lock> GenerationWriter<'lock> {
    /// Begins a generation with `lexicon`. With `reuse`, the units of the current generation are at hand for sources
    /// that have not changed, if it was built by this version with this dictionary and is in order.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written or the dictionary cannot be used.
    pub fn begin(
        lock: &'lock WriterLock,
        lexicon: &LexiconFiles,
        reuse: bool,
    ) -> Result<GenerationWriter<'lock>, IndexError> {
        let analyzer = LegalAnalyzer::shared(lexicon.dictionary())?;
        let fingerprint = analyzer.fingerprint().clone();
        let previous = if reuse { reusable_generation(lock, &fingerprint) } else { None };
        let building = lock.building()?;
        let disk = lock.disk();
        let written = |path: &Path, result: io::Result<()>| result.map_err(|source| IndexError::write(path, source));

        let words = building.join(LEXICON);
        written(&words, disk.create_folder(&words))?;
        for (name, text) in lexicon.files() {
            let path = words.join(name);
            written(&path, disk::write_synced(&**disk, &path, text.as_bytes()))?;
        }

        let units = building.join(UNITS);
        written(&units, disk.create_folder(&units))?;
        if let Some((folder, _)) = &previous {
            link_units(&**disk, &folder.join(UNITS), &units)?;
        }
        let (schema, fields) = schema();
        let directory = BuildDirectory::open(&units, Arc::clone(disk)).map_err(tantivy::TantivyError::from)?;
        let mut index = if previous.is_some() {
            tantivy::Index::open(directory)?
        } else {
            tantivy::Index::create(directory, schema, IndexSettings::default())?
        };
        index.set_tokenizers(tokenizers::tokenizers(Arc::clone(&analyzer)));
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let writer = index.writer_with_num_threads(threads, WRITER_MEMORY_BYTES)?;
        let (reusable, shared) = previous.map(|(_, manifest)| (manifest.documents, manifest.files)).unwrap_or_default();
        Ok(GenerationWriter {
            lock,
            building,
            writer,
            fields,
            fingerprint,
            lexicon: Lexicon::parse(lexicon).0,
            reusable: reusable.into_iter().map(|document| (document.id.clone(), document)).collect(),
            shared: shared
                .into_iter()
                .filter(|file| file.name.strip_prefix(UNITS).is_some_and(|name| !is_rewritten(name)))
                .map(|file| (file.name.clone(), file))
                .collect(),
            documents: BTreeMap::new(),
        })
    }

    /// Keeps the units that the current generation has of `document`, if they were made of what has this hash. `files` are
    /// the paths under which that lies now.
    pub fn keep(&mut self, document: &str, hash: &str, files: Vec<String>) -> bool {
        let Some(known) = self.reusable.get(document).filter(|known| known.hash == hash) else { return false };
        self.documents.insert(document.to_owned(), DocumentEntry { files, ..known.clone() });
        true
    }

    /// Keeps all documents of the current generation, as far as it can be used again, whatever has become of their sources.
    /// Says how many there are now.
    pub fn keep_all(&mut self) -> usize {
        let known = self.reusable.values().map(|document| (document.id.clone(), document.clone()));
        self.documents.extend(known);
        self.documents.len()
    }

    /// Adds a document.
    ///
    /// # Errors
    ///
    /// If the disk is full, or whatever else keeps tantivy from writing.
    pub fn add(&mut self, document: DocumentEntry, header: &DocumentHeader, units: &[Unit]) -> Result<(), IndexError> {
        let fields = self.fields;
        if self.reusable.contains_key(&header.id) {
            self.writer.delete_term(Term::from_field_text(fields.document, &header.id));
        }
        let mut own = TantivyDocument::default();
        own.add_text(fields.document, &header.id);
        own.add_u64(fields.ordinal, HEADER);
        own.add_bytes(fields.record, &record(header));
        let mut entries = vec![UserOperation::Add(own)];
        let said = Said::of(&header.id, units);
        let mut chapter = 0;
        for (ordinal, unit) in units.iter().enumerate() {
            let labels = said.labels(unit);
            let names = labels.power_types.iter().chain(&labels.departments).map(String::as_str);
            let seen = Entry::of((&header.id, &header.title), unit, names);
            let mut entry = entry_of(&fields, &header.id, ordinal as u64, unit, &seen);
            let values = [
                (fields.power_type, &labels.power_types),
                (fields.department, &labels.departments),
                (fields.grounded, &labels.statutes),
            ];
            for (field, labels) in values {
                labels.iter().for_each(|label| entry.add_text(field, label));
            }
            if unit.kind == Kind::Article {
                let before = ordinal.checked_sub(1).map(|before| &units[before]);
                chapter += u64::from(before.is_some_and(|before| before.path != unit.path));
                entry.add_u64(fields.chapter, chapter);
            }
            entries.push(UserOperation::Add(entry));
            if entries.len() == NEIGHBOURS {
                self.writer.run(std::mem::take(&mut entries))?;
            }
        }
        self.writer.run(entries)?;
        self.documents.insert(header.id.clone(), document);
        Ok(())
    }

    /// Completes the generation, checks it, and makes it the current one. `sources` are the files it was built from.
    ///
    /// # Errors
    ///
    /// If it cannot be written, or is not whole when read again. The generation before goes on serving.
    pub fn publish(self, sources: Vec<SourceEntry>) -> Result<Manifest, IndexError> {
        self.publish_with_dictionary(sources, |_| String::new())
    }

    /// The same with a dictionary: `dictionary` is given the words of the generation with the number of units that have
    /// them, and returns the text of [`LexiconFiles::DICTIONARY`].
    ///
    /// # Errors
    ///
    /// As [`publish`](Self::publish).
    pub fn publish_with_dictionary(
        mut self,
        sources: Vec<SourceEntry>,
        dictionary: impl FnOnce(&BTreeMap<String, u32>) -> String + Send,
    ) -> Result<Manifest, IndexError> {
        for gone in self.reusable.keys().filter(|document| !self.documents.contains_key(*document)) {
            self.writer.delete_term(Term::from_field_text(self.fields.document, gone));
        }
        self.writer.commit()?;
        let GenerationWriter { lock, building, writer, fields, fingerprint, lexicon, documents, shared, .. } = self;
        let disk = &**lock.disk();
        let index = writer.index().clone();
        writer.wait_merging_threads()?;

        let searcher = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?.searcher();
        // The dictionary hangs on the words alone, so it is made beside the tables.
        let (tables, dictionary) = std::thread::scope(|scope| {
            let dictionary = scope.spawn(|| vocabulary(&searcher, fields.words).map(|words| dictionary(&words)));
            let tables = || -> Result<Tables, IndexError> {
                let mut tables = Tables::build(&searcher)?;
                tables.authority = authority(&tables, &searcher, &fields)?;
                let units = Stored { tables: &tables, searcher: &searcher, fields: &fields };
                tables.moved = moved_provisions(&tables, &units, lexicon.succession())?;
                Ok(tables)
            };
            (tables(), dictionary.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        let (tables, dictionary) = (tables?, dictionary?);
        let path = building.join(Tables::FILE);
        disk::write_synced(disk, &path, &tables.to_bytes()).map_err(|source| IndexError::write(&path, source))?;
        if !dictionary.is_empty() {
            let path = building.join(LEXICON).join(LexiconFiles::DICTIONARY);
            disk::write_synced(disk, &path, dictionary.as_bytes())
                .map_err(|source| IndexError::write(&path, source))?;
        }
        drop(searcher);
        drop(index);

        let documents = documents.into_values().collect();
        let manifest = manifest(&building, fingerprint, sources, documents, &shared, &tables)?;
        lock.publish(&building, &manifest)?;
        Ok(manifest)
    }
}

/// The manifest of the generation in `building`, with the checksums of its files. Those of `shared` ones are known, and
/// stay what they were when the files were written.
fn manifest(
    building: &Path,
    analyzer: Fingerprint,
    mut sources: Vec<SourceEntry>,
    documents: Vec<DocumentEntry>,
    shared: &HashMap<String, FileEntry>,
    tables: &Tables,
) -> Result<Manifest, IndexError> {
    let reading = |source| IndexError::read(building, source);
    let names = files::list(building).map_err(reading)?;
    let mut entries = Vec::new();
    for name in &names {
        entries.push(match shared.get(name) {
            Some(known) => known.clone(),
            None => files::entry(building, name).map_err(reading)?,
        });
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let sum = |of: fn(&DocumentEntry) -> u64| documents.iter().map(of).sum();
    let counts = Counts {
        documents: tables.documents.len() as u64,
        units: tables.units() as u64,
        citations: sum(|document| document.citations.into()),
        warnings: sum(|document| document.warnings.into()),
        source_bytes: sources.iter().map(|source| source.bytes).sum(),
        index_bytes: entries.iter().map(|entry| entry.bytes).sum(),
    };
    let expected: u64 = sum(|document| document.units.into());
    if counts.units != expected {
        let reason = format!("it holds {} units instead of {expected}", counts.units);
        return Err(IndexError::damaged(building, reason));
    }
    Ok(Manifest {
        format: FORMAT,
        reader: READER,
        analyzer,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        created: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        sources,
        documents,
        counts,
        files: entries,
    })
}
/// Some file systems have no hard links.
fn link_or_copy(disk: &dyn Disk, source: &Path, target: &Path) -> io::Result<()> {
    disk.link(source, target).or_else(|_| disk::copy_synced(disk, source, target))
}

/// The current generation, if what it holds can be used in the next one.
fn reusable_generation(lock: &WriterLock, fingerprint: &Fingerprint) -> Option<(PathBuf, Manifest)> {
    let folder = lock.folder();
    let name = folder.current().ok().flatten()?;
    let manifest =
        folder.manifest().ok().filter(|manifest| manifest.analyzer == *fingerprint && manifest.reader == READER)?;
    let path = folder.generation(&name);
    // Damage must not be handed on: the next generation believes the checksums of what it shares.
    if let Some(problem) = verify_files(&path, &manifest, Depth::Bytes).first() {
        tracing::warn!(file = problem.file, reason = problem.reason, "the current generation is damaged: building all");
        return None;
    }
    Some((path, manifest))
}

/// Whether tantivy writes a file anew for each generation. Segments never change.
fn is_rewritten(name: &str) -> bool {
    name.ends_with(".json")
}

/// The next generation shares what does not change, and has a copy of the rest.
fn link_units(disk: &dyn Disk, from: &Path, to: &Path) -> Result<(), IndexError> {
    for name in files::list(from).map_err(|source| IndexError::read(from, source))? {
        let (source, target) = (from.join(&name), to.join(&name));
        let done = if is_rewritten(&name) {
            disk::copy_synced(disk, &source, &target)
        } else {
            link_or_copy(disk, &source, &target)
        };
        done.map_err(|source| IndexError::write(&target, source))?;
    }
    Ok(())
}

fn entry_of(fields: &Fields, document: &str, ordinal: u64, unit: &Unit, entry: &Entry<'_>) -> TantivyDocument {
    // The text thrice for its fields, once more in the record, and the places.
    let mut row = TantivyDocument::with_capacity(4 * unit.passage.text.len() + (2 << 10));
    row.add_text(fields.document, document);
    row.add_text(fields.id, &unit.id);
    row.add_u64(fields.ordinal, ordinal);
    row.add_u64(fields.kind, kind_number(unit.kind));
    if let Some(statute) = entry.statute {
        row.add_text(fields.statute, statute);
    }
    if let Some(article) = &entry.article {
        row.add_text(fields.article, article);
    }
    for cited in cites(unit) {
        row.add_text(fields.cites, &cited);
    }
    row.add_u64(fields.collapse, entry.collapse);
    row.add_text(fields.words, &unit.passage.text);
    row.add_text(fields.bigrams, &unit.passage.text);
    row.add_text(fields.characters, &unit.passage.text);
    if let Some(heading) = entry.heading {
        row.add_text(fields.heading, heading);
    }
    for title in &entry.context {
        row.add_text(fields.context, title);
    }
    row.add_bytes(fields.record, &record(unit));
    row
}

pub(super) fn kind_number(kind: Kind) -> u64 {
    Kind::ALL.iter().position(|&other| other == kind).expect("every kind is in the list") as u64
}
