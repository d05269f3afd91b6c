//! Posting lists, in the numbers of the generation.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, Postings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, Searcher, TERMINATED, Term};

use crate::index::schema::Fields;
use crate::index::tables::{NONE, Tables, UnitNo};

/// A segment of the generation and what is needed of it again and again.
pub(in crate::index) struct Segment {
    fields: Vec<(Field, Arc<InvertedIndexReader>, Option<FieldNormReader>)>,
    /// By tantivy's document number; [`NONE`] for what is no unit, or not any more.
    units: Vec<UnitNo>,
    /// The share of its documents that are still there. The rest is gone and must not count, or scores would depend on
    /// how often a source was edited.
    alive: f64,
}

impl Segment {
    pub(in crate::index) fn open_all(
        searcher: &Searcher,
        fields: &Fields,
        tables: &Tables,
    ) -> tantivy::Result<Vec<Segment>> {
        let scored = [fields.words, fields.bigrams, fields.characters, fields.heading, fields.context];
        let plain = [fields.id, fields.article, fields.cites, fields.document];
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let mut opened = Vec::new();
            for field in scored {
                opened.push((field, reader.inverted_index(field)?, Some(reader.get_fieldnorms_reader(field)?)));
            }
            for field in plain {
                opened.push((field, reader.inverted_index(field)?, None));
            }
            let alive = f64::from(reader.num_docs()) / f64::from(reader.max_doc().max(1));
            segments.push(Segment { fields: opened, units: vec![NONE; reader.max_doc() as usize], alive });
        }
        for (unit, &(segment, doc)) in (0..).zip(&tables.addresses) {
            if let Some(place) =
                segments.get_mut(segment as usize).and_then(|segment| segment.units.get_mut(doc as usize))
            {
                *place = unit;
            }
        }
        Ok(segments)
    }

    fn field(&self, field: Field) -> &(Field, Arc<InvertedIndexReader>, Option<FieldNormReader>) {
        self.fields.iter().find(|entry| entry.0 == field).expect("every field that is searched is opened")
    }

    /// How many tokens a field has in this segment, those of documents that are gone left out by their share.
    pub(super) fn token_count(&self, field: Field) -> f64 {
        self.field(field).1.total_num_tokens() as f64 * self.alive
    }

    /// A list with frequencies, `None` if the segment does not have the token.
    fn list(&self, field: Field, token: &str) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let term = Term::from_field_text(field, token);
        Ok(self.field(field).1.read_block_postings(&term, IndexRecordOption::WithFreqs)?)
    }

    /// In how many documents of the segment a token stands.
    pub(super) fn document_frequency(&self, field: Field, token: &str) -> tantivy::Result<u32> {
        if self.alive < 1.0 {
            let mut frequency = 0;
            self.each(field, token, |_, _, _| frequency += 1)?;
            return Ok(frequency);
        }
        Ok(self.field(field).1.doc_freq(&Term::from_field_text(field, token))?)
    }

    /// Calls `each` with every unit that has the token, how often, and the class of its field's length.
    pub(super) fn each(&self, field: Field, token: &str, mut each: impl FnMut(UnitNo, u32, u8)) -> tantivy::Result<()> {
        let Some(mut list) = self.list(field, token)? else { return Ok(()) };
        let lengths = self.field(field).2.as_ref();
        loop {
            let docs = list.docs();
            if docs.is_empty() {
                return Ok(());
            }
            for (&doc, &frequency) in docs.iter().zip(list.freqs()) {
                let unit = self.units[doc as usize];
                if unit != NONE {
                    each(unit, frequency, lengths.map_or(0, |lengths| lengths.fieldnorm_id(doc)));
                }
            }
            list.advance();
        }
    }

    /// The units that have all of `tokens`, the least of their frequencies, and the class of the field's length.
    pub(super) fn all_of(&self, field: Field, tokens: &[String]) -> tantivy::Result<Vec<(UnitNo, u32, u8)>> {
        let mut lists = Vec::with_capacity(tokens.len());
        for token in tokens {
            let Some(list) = self.list(field, token)? else { return Ok(Vec::new()) };
            lists.push(list);
        }
        lists.sort_by_key(BlockSegmentPostings::doc_freq);
        let mut lists = lists.into_iter();
        let Some(mut rarest) = lists.next() else { return Ok(Vec::new()) };
        let mut found = Vec::with_capacity(rarest.doc_freq() as usize);
        while !rarest.docs().is_empty() {
            found.extend(rarest.docs().iter().copied().zip(rarest.freqs().iter().copied()));
            rarest.advance();
        }
        for mut list in lists {
            found.retain_mut(|(doc, frequency)| {
                let at = list.seek(*doc);
                if at >= list.block_len() || list.doc(at) == TERMINATED || list.doc(at) != *doc {
                    return false;
                }
                *frequency = (*frequency).min(list.freq(at));
                true
            });
        }
        let lengths = self.field(field).2.as_ref();
        Ok(found
            .into_iter()
            .map(|(doc, frequency)| {
                (self.units[doc as usize], frequency, lengths.map_or(0, |lengths| lengths.fieldnorm_id(doc)))
            })
            .filter(|&(unit, ..)| unit != NONE)
            .collect())
    }

    /// The units with a token in a field without frequencies.
    pub(in crate::index) fn units_with(&self, field: Field, token: &str) -> tantivy::Result<Vec<UnitNo>> {
        let term = Term::from_field_text(field, token);
        let mut units = Vec::new();
        let Some(mut list) = self.field(field).1.read_block_postings(&term, IndexRecordOption::Basic)? else {
            return Ok(units);
        };
        while !list.docs().is_empty() {
            units.extend(list.docs().iter().map(|&doc| self.units[doc as usize]).filter(|&unit| unit != NONE));
            list.advance();
        }
        Ok(units)
    }

    /// The units in which `tokens` stand at these positions, counted from wherever the first stands.
    pub(super) fn at_positions(&self, field: Field, tokens: &[(String, u32)]) -> tantivy::Result<Vec<(UnitNo, u32)>> {
        let reader = &self.field(field).1;
        let mut lists = Vec::with_capacity(tokens.len());
        for (token, position) in tokens {
            let term = Term::from_field_text(field, token);
            let Some(info) = reader.get_term_info(&term)? else { return Ok(Vec::new()) };
            let list = reader.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?;
            lists.push((info.doc_freq, *position, list));
        }
        lists.sort_by_key(|list| list.0);
        let mut found = Vec::new();
        let (mut starts, mut positions) = (Vec::new(), Vec::new());
        let Some((first, others)) = lists.split_first_mut() else { return Ok(found) };
        let mut doc = first.2.doc();
        'documents: while doc != TERMINATED {
            for (_, _, list) in others.iter_mut() {
                if list.doc() < doc {
                    list.seek(doc);
                }
                if list.doc() != doc {
                    doc = first.2.advance();
                    continue 'documents;
                }
            }
            // Positions are compared where the phrase would begin.
            first.2.positions(&mut starts);
            starts.retain_mut(|start| start.checked_sub(first.1).map(|begin| *start = begin).is_some());
            for (_, position, list) in others.iter_mut() {
                list.positions(&mut positions);
                starts.retain(|start| positions.binary_search(&(start + *position)).is_ok());
            }
            let unit = self.units[doc as usize];
            if !starts.is_empty() && unit != NONE {
                found.push((unit, u32::try_from(starts.len()).unwrap_or(u32::MAX)));
            }
            doc = first.2.advance();
        }
        Ok(found)
    }

    /// Calls `each` with every token of a field and the number of documents that have it.
    pub(super) fn each_token(&self, field: Field, mut each: impl FnMut(&str, u32)) -> tantivy::Result<()> {
        let mut tokens = self.field(field).1.terms().stream()?;
        while tokens.advance() {
            if let Ok(token) = std::str::from_utf8(tokens.key()) {
                each(token, tokens.value().doc_freq);
            }
        }
        Ok(())
    }
}
