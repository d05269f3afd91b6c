//! Reading a generation.

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use once_cell::sync::OnceCell;

use super::embedded::Embedded;
use super::engine::Engine;
use super::files;
use super::generation::{Depth, Held, IndexError, IndexFolder, Problem, verify_files};
use super::manifest::Manifest;
use super::names::StatuteNames;
use super::sounds::Sounds;
use super::suggest::Names;
use super::tables::{Tables, UnitNo};
use super::writer::{LEXICON, UNITS};
use crate::analyzer::{Fingerprint, LegalAnalyzer};
use crate::citation::NameIndex;
use crate::citation::resolve::Catalogue;
use crate::document::DocumentHeader;
use crate::lexicon::{Lexicon, LexiconFiles};
use crate::unit::{Detail, Kind, Passage, Unit};

/// An open generation. It is read only, and stays readable while newer ones are published.
pub struct Index {
    pub(super) tables: Arc<Tables>,
    /// Where the units lie.
    pub(super) engine: Box<dyn Engine>,
    pub(super) analyzer: Arc<LegalAnalyzer>,
    pub(super) lexicon: Lexicon,
    pub(super) names: StatuteNames,
    pub(super) sounds: OnceCell<Sounds>,
    /// Gathered when somebody first types.
    pub(super) suggestions: OnceCell<Names>,
    /// Made when a citation is first resolved.
    pub(super) catalogue: OnceCell<Catalogue>,
    /// By document: older versions of statutes.
    pub(super) superseded: Vec<bool>,
    manifest: Manifest,
    name: String,
    origin: Origin,
}

/// Where a generation lies.
pub(super) enum Origin {
    /// In a folder of this machine.
    Folder {
        path: PathBuf,
        /// Keeps the generation from being removed.
        _held: File,
    },
    /// In an index of a cluster.
    Cluster { folder: super::cluster::ClusterFolder, index: String },
}

/// What a generation knows of itself, wherever its units lie.
pub(super) struct Opened {
    pub(super) manifest: Manifest,
    pub(super) tables: Arc<Tables>,
    pub(super) superseded: Vec<bool>,
    pub(super) analyzer: Arc<LegalAnalyzer>,
    lexicon: Lexicon,
}

impl Opened {
    /// Of what lies at `place`.
    pub(super) fn new(
        place: &Path,
        manifest: Manifest,
        files: &LexiconFiles,
        tables: Tables,
    ) -> Result<Opened, IndexError> {
        let fingerprint = Fingerprint::of(files.dictionary());
        if manifest.analyzer != fingerprint {
            let found = format!("analyzer {}", manifest.analyzer);
            return Err(IndexError::OtherVersion { folder: place.to_owned(), found });
        }
        let analyzer = LegalAnalyzer::shared(files.dictionary())?;
        let (lexicon, _) = Lexicon::parse(files);
        Ok(Opened { superseded: tables.superseded(), tables: Arc::new(tables), manifest, analyzer, lexicon })
    }

    /// Of what lies in a folder.
    pub(super) fn of_folder(folder: &Path, manifest: Manifest) -> Result<Opened, IndexError> {
        let files = LexiconFiles::read(&folder.join(LEXICON))
            .map_err(|error| IndexError::damaged(&folder.join(LEXICON), error.to_string()))?;
        let tables = read_tables(folder, &manifest)?;
        Opened::new(folder, manifest, &files, tables)
    }

    /// With its units it can be asked.
    pub(super) fn with(self, engine: Box<dyn Engine>, name: String, origin: Origin) -> Index {
        let Opened { manifest, tables, superseded, analyzer, lexicon } = self;
        Index {
            names: StatuteNames::new(&tables.statutes, &lexicon),
            superseded,
            tables,
            engine,
            analyzer,
            lexicon,
            sounds: OnceCell::new(),
            suggestions: OnceCell::new(),
            catalogue: OnceCell::new(),
            manifest,
            name,
            origin,
        }
    }
}

impl Index {
    /// Opens the current generation of the index in `folder`, after checking its manifest, its files' sizes, and every byte of
    /// small ones.
    ///
    /// # Errors
    ///
    /// If there is no index, it was built by another version, or a file is missing, not what was written, or unreadable.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Index, IndexError> {
        Index::open_held(IndexFolder::new(folder).hold_current()?, Depth::Quick)
    }

    /// The same after checking every byte.
    ///
    /// # Errors
    ///
    /// As [`open`](Index::open).
    pub fn open_verified(folder: impl Into<PathBuf>) -> Result<Index, IndexError> {
        Index::open_held(IndexFolder::new(folder).hold_current()?, Depth::Bytes)
    }

    /// Opens the newest generation before the current one that is in order in every byte. `None` if none is there.
    ///
    /// # Errors
    ///
    /// As [`open`](Index::open) says of the newest of them, where none is in order.
    pub fn open_previous(folder: impl Into<PathBuf>) -> Result<Option<Index>, IndexError> {
        let folder = IndexFolder::new(folder);
        let mut failure = None;
        for name in folder.older()? {
            let held = match folder.hold(&name) {
                Ok(Some(held)) => held,
                Ok(None) => continue,
                Err(error) => {
                    failure.get_or_insert(error);
                    continue;
                }
            };
            match Index::open_held(held, Depth::Bytes) {
                Ok(index) => return Ok(Some(index)),
                Err(error) => {
                    failure.get_or_insert(error);
                }
            }
        }
        failure.map_or(Ok(None), Err)
    }

    fn open_held(held: Held, depth: Depth) -> Result<Index, IndexError> {
        held.check(depth)?;
        let Held { folder, manifest, lock } = held;
        let opened = Opened::of_folder(&folder, manifest)?;
        let engine = Embedded::open(
            &folder.join(UNITS),
            Arc::clone(&opened.tables),
            &opened.superseded,
            Arc::clone(&opened.analyzer),
        )?;
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(opened.with(Box::new(engine), name, Origin::Folder { path: folder, _held: lock }))
    }

    /// Gathers now what is otherwise gathered when it is first asked for, as far as `before` was asked for it: whoever moves from
    /// one generation to the next lets no request wait for it.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn gather_as(&self, before: &Index) -> Result<(), IndexError> {
        if before.sounds.get().is_some() {
            self.sounds();
        }
        if before.catalogue.get().is_some() {
            self.catalogue();
        }
        if before.suggestions.get().is_some() {
            self.suggestible()?;
        }
        Ok(())
    }

    /// Checks every byte of the generation; in a cluster, how many units each document has and of what they were made. What is
    /// wrong is the list returned, empty where all is well.
    pub fn verify(&self) -> Vec<Problem> {
        match &self.origin {
            Origin::Folder { path, .. } => verify_files(path, &self.manifest, Depth::Bytes),
            Origin::Cluster { folder, index } => folder.verify(&self.name).map_or_else(
                |error| vec![Problem { file: index.clone(), reason: error.to_string(), is_unread: true }],
                |(_, problems)| problems,
            ),
        }
    }

    /// What the generation says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The generation's name.
    pub fn generation(&self) -> &str {
        &self.name
    }

    /// Where the generation lies: its folder, or the name of its index in the cluster.
    pub fn folder(&self) -> &Path {
        match &self.origin {
            Origin::Folder { path, .. } => path,
            Origin::Cluster { index, .. } => Path::new(index),
        }
    }

    /// The lexicon that the generation was built with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The names of statutes that the documents cite, and their nicknames, for finding citations without 《》.
    pub fn name_index(&self) -> NameIndex {
        let own = self.tables.statutes.iter().map(|name| (name.clone(), name.clone()));
        let nicknames = self.lexicon.statute_names().map(|(nickname, name)| (nickname.to_owned(), name.to_owned()));
        NameIndex::new(own.chain(nicknames))
    }

    /// All documents, by identifier, with the number of their units.
    pub fn documents(&self) -> impl Iterator<Item = (&DocumentHeader, u32)> {
        self.tables.documents.iter().map(|row| (&row.header, row.units))
    }

    /// A document's header and its units in order, `None` if there is no such document.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<(&DocumentHeader, Vec<Unit>)>, IndexError> {
        let Some(row) = self.tables.document(&self.full_id(id)) else { return Ok(None) };
        let units: Vec<UnitNo> = (row.first..row.first + row.units).collect();
        Ok(Some((&row.header, self.engine.read_all(&units)?)))
    }

    /// The header of the document with this identifier.
    pub fn header(&self, id: &str) -> Option<&DocumentHeader> {
        self.tables.document(&self.full_id(id)).map(|row| &row.header)
    }

    /// An identifier with the version of its statute: `社会保险法/article/92` is in the newest, `社会保险法@2018-12-29`. Any
    /// other identifier is its own full one.
    pub fn full_id<'i>(&self, id: &'i str) -> Cow<'i, str> {
        let (document, place) = id.split_at(id.find('/').unwrap_or(id.len()));
        if self.tables.document_number(document).is_some() {
            return Cow::Borrowed(id);
        }
        match self.versions(document).last() {
            Some((newest, _)) => Cow::Owned(format!("{}{place}", newest.id)),
            None => Cow::Borrowed(id),
        }
    }

    /// A unit by its [identifier](Index::full_id), `None` if there is none. A circumstance is cut out of its provision.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn unit(&self, id: &str) -> Result<Option<Unit>, IndexError> {
        if let Some(number) = self.number_of(id)? {
            return self.read(number).map(Some);
        }
        let Some((provision, number)) = id.rsplit_once("/circumstance/") else { return Ok(None) };
        let Some(number) = number.parse::<usize>().ok().filter(|number| *number > 0) else { return Ok(None) };
        let Some(provision) = self.number_of(provision)? else { return Ok(None) };
        Ok(circumstance(&self.read(provision)?, number))
    }

    /// The units of one kind in a document, in order.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn units_of_kind(&self, document: &str, kind: Kind) -> Result<Vec<Unit>, IndexError> {
        let Some(row) = self.tables.document(&self.full_id(document)) else { return Ok(Vec::new()) };
        let units = row.first..row.first + row.units;
        let units: Vec<UnitNo> = units.filter(|&unit| self.tables.kind(unit) == kind).collect();
        self.engine.read_all(&units)
    }

    /// The file that a unit was read from, as given to the indexer; a circumstance is in its provision's.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn file_of(&self, id: &str) -> Result<Option<&str>, IndexError> {
        let id = id.rsplit_once("/circumstance/").map_or(id, |(provision, _)| provision);
        let Some(unit) = self.number_of(id)? else { return Ok(None) };
        let row = &self.tables.documents[self.tables.document_of[unit as usize] as usize];
        Ok(self.manifest.document(&row.header.id).and_then(|document| document.file_of(unit - row.first)))
    }

    /// The units before and after a unit in its document, `None` for what is not indexed by itself.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn neighbours(&self, id: &str) -> Result<(Option<String>, Option<String>), IndexError> {
        let Some(unit) = self.number_of(id)? else { return Ok((None, None)) };
        let row = &self.tables.documents[self.tables.document_of[unit as usize] as usize];
        let id_of = |unit: UnitNo| self.read(unit).map(|unit| unit.id);
        let previous = (unit > row.first).then(|| id_of(unit - 1)).transpose()?;
        let next = (unit + 1 < row.first + row.units).then(|| id_of(unit + 1)).transpose()?;
        Ok((previous, next))
    }

    pub(super) fn read(&self, unit: UnitNo) -> Result<Unit, IndexError> {
        self.engine.read(unit)
    }

    fn number_of(&self, id: &str) -> Result<Option<UnitNo>, IndexError> {
        self.engine.find(&self.full_id(id))
    }
}

/// The tables, checked byte by byte: everything else is looked up by what they say.
fn read_tables(folder: &Path, manifest: &Manifest) -> Result<Tables, IndexError> {
    let path = folder.join(Tables::FILE);
    let bytes = std::fs::read(&path).map_err(|source| IndexError::read(&path, source))?;
    let known = manifest.files.iter().find(|file| file.name == Tables::FILE);
    if known.is_none_or(|file| file.checksum != files::checksum_of(&bytes)) {
        return Err(IndexError::damaged(&path, "it is not what was written"));
    }
    let tables = Tables::from_bytes(&bytes).map_err(|error| IndexError::damaged(&path, error.to_string()))?;
    let rows = tables.units();
    let columns = [
        tables.kinds.len(),
        tables.document_of.len(),
        tables.statute_of.len(),
        tables.article_of.len(),
        tables.chapter_of.len(),
        tables.group_of.len(),
    ];
    let values = [&tables.power_types, &tables.departments, &tables.grounded];
    if values.iter().any(|values| !values.fits(rows))
        || columns.iter().any(|&length| length != rows)
        || tables.authority.len() != tables.statutes.len()
    {
        return Err(IndexError::damaged(&path, "its columns are not of one length"));
    }
    Ok(tables)
}

/// The circumstance of that number, from one, as a unit of its own.
fn circumstance(provision: &Unit, number: usize) -> Option<Unit> {
    let Detail::Provision { circumstances, .. } = &provision.detail else { return None };
    let span = *circumstances.get(number - 1)?;
    let passage: Passage = provision.passage.slice(span);
    Some(Unit {
        id: format!("{}/circumstance/{number}", provision.id),
        kind: Kind::Circumstance,
        passage,
        path: provision.path.clone(),
        detail: Detail::Plain,
    })
}
