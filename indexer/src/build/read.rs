//! From a planned document's files to its units.

use std::collections::HashMap;

use lawcite_core::citation::{NameIndex, find_mentions};
use lawcite_core::document::{DocumentHeader, Warning};
use lawcite_core::index::{DocumentEntry, DocumentPart};
use lawcite_core::statute::{Merged, NotOne, Statute, Version, merge};
use lawcite_core::unit::{Detail, Kind, Unit};

use super::run::{BuildError, SourceWarning};
use super::survey::{Form, Planned, Survey};
use crate::listing::{self, Listing, ListingColumn, Vocabulary};
use crate::responsibility;
use crate::source::{SourceText, read_file, read_source};
use crate::statute;

/// A document as the index takes it.
pub(super) struct ReadDocument {
    pub(super) entry: DocumentEntry,
    pub(super) header: DocumentHeader,
    pub(super) units: Vec<Unit>,
    pub(super) warnings: Vec<SourceWarning>,
    /// Of a list of rows.
    pub(super) columns: Vec<ListingColumn>,
}

/// Reads documents one by one.
pub(super) struct Reader<'s> {
    survey: &'s Survey,
    vocabulary: &'s Vocabulary,
    /// The statutes of files of JSON lines that have been read and not yet been asked for, by file and identifier.
    lines: HashMap<usize, HashMap<String, Statute>>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(survey: &'s Survey, vocabulary: &'s Vocabulary) -> Reader<'s> {
        Reader { survey, vocabulary, lines: HashMap::new() }
    }

    pub(super) fn read(&mut self, document: &Planned) -> Result<ReadDocument, BuildError> {
        match document.files[0] {
            (file, Form::List) => self.list(document, file),
            _ => self.statute(document),
        }
    }

    fn list(&self, document: &Planned, file: usize) -> Result<ReadDocument, BuildError> {
        let source = read_file(self.survey.file(file)).map_err(|error| BuildError::Sources(vec![error]))?;
        let (blocks, odd) = source.blocks().map_err(|error| BuildError::Sources(vec![error]))?;
        let Listing { mut list, columns } = if listing::is_listing(&blocks, self.vocabulary) {
            listing::parse(&document.id, &blocks, self.vocabulary)
        } else {
            Listing { list: responsibility::parse(&document.id, &blocks), columns: Vec::new() }
        };
        list.warnings.splice(0..0, odd);
        let warnings = self.warnings(file, &list.warnings);
        let read = self.document(document, &[(0, 0)], list.header(), list.units(), warnings);
        Ok(ReadDocument { columns, ..read })
    }

    fn statute(&mut self, document: &Planned) -> Result<ReadDocument, BuildError> {
        let mut warnings = Vec::new();
        let mut statutes = Vec::new();
        for &(file, ref form) in &document.files {
            let statute = match form {
                Form::Statute(version) => self.statute_of(file, version)?,
                Form::Jsonl | Form::List => self.statute_in_lines(file, &document.id)?,
            };
            if statute.id() != document.id {
                return Err(BuildError::Changed { path: self.survey.file(file).to_owned() });
            }
            warnings.extend(self.warnings(file, &statute.warnings));
            statutes.push(statute);
        }
        let Merged { statute, parts, copies } = merge(statutes).map_err(|NotOne { first, second }| {
            let path = |at: usize| self.survey.file(document.files[at].0).to_owned();
            BuildError::DifferentTexts { id: document.id.clone(), first: path(first), second: path(second) }
        })?;
        for (copy, original) in copies {
            let original = self.survey.file(document.files[original].0).display();
            let message = format!("left out, as `{original}` is the same text of `{}`", document.id);
            warnings.extend(self.warnings(document.files[copy].0, &[Warning { line: 1, message }]));
        }
        Ok(self.document(document, &parts, statute.header(), statute.units(), warnings))
    }

    fn statute_of(&self, file: usize, version: &Version) -> Result<Statute, BuildError> {
        let source = self.source(file)?;
        let mut statute = statute::parse(&source);
        statute.version = version.clone();
        statute.warnings.splice(0..0, source.warnings().iter().cloned());
        Ok(statute)
    }

    fn statute_in_lines(&mut self, file: usize, id: &str) -> Result<Statute, BuildError> {
        if !self.lines.contains_key(&file) {
            let statutes = statute::parse_jsonl(&self.source(file)?);
            self.lines.insert(file, statutes.into_iter().map(|statute| (statute.id(), statute)).collect());
        }
        Ok(self.lines.get_mut(&file).and_then(|statutes| statutes.remove(id)).unwrap_or_default())
    }

    fn source(&self, file: usize) -> Result<SourceText, BuildError> {
        read_source(self.survey.file(file)).map_err(|error| BuildError::Sources(vec![error]))
    }

    fn warnings(&self, file: usize, warnings: &[Warning]) -> Vec<SourceWarning> {
        let warning = |warning: &Warning| SourceWarning {
            file: self.survey.name(file),
            line: warning.line,
            message: warning.message.clone(),
        };
        warnings.iter().map(warning).collect()
    }

    /// `parts` are the places of files among the document's, with the number of the first unit that each gives.
    fn document(
        &self,
        document: &Planned,
        parts: &[(usize, usize)],
        header: DocumentHeader,
        units: Vec<Unit>,
        warnings: Vec<SourceWarning>,
    ) -> ReadDocument {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let part = |&(file, first): &(usize, usize)| DocumentPart { file: count(file), first: count(first) };
        let entry = DocumentEntry {
            id: document.id.clone(),
            hash: document.hash.clone(),
            files: self.survey.names(document),
            parts: parts.iter().map(part).collect(),
            units: count(units.len()),
            citations: count(units.iter().map(citations).sum()),
            warnings: count(warnings.len()),
        };
        ReadDocument { entry, header, units, warnings, columns: Vec::new() }
    }
}

/// The grounds that a unit is or names: in a list of rows every cell may cite.
fn citations(unit: &Unit) -> usize {
    match &unit.detail {
        Detail::Row { .. } | Detail::Cell { .. } => {
            let mentions = find_mentions(&unit.passage.text, &NameIndex::empty());
            mentions.iter().filter(|mention| mention.title.is_some()).count()
        }
        _ => usize::from(unit.kind == Kind::Citation),
    }
}
