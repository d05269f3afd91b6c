//! Posting lists, by slot.
//!
//! A *slot* is an entry's place among all entries of all segments. Scores are kept by slot, since lists come in that order;
//! only what answers is looked up as a unit.

use std::ops::Range;
use std::sync::Arc;

use tantivy::fastfield::AliveBitSet;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, Postings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, TERMINATED, Term};

use super::Embedded;
use crate::index::IndexError;
use crate::index::schema::Fields;
use crate::index::tables::{NONE, UnitNo};

/// Lists as short as this are counted one by one.
const FEW_POSTINGS: u32 = 512;

/// The place of an entry among all entries of all segments.
pub(in crate::index) type Slot = u32;

/// A segment of the generation and what is needed of it again and again.
pub(in crate::index) struct Segment {
    fields: Vec<(Field, Arc<InvertedIndexReader>, Option<FieldNormReader>)>,
    /// The slot of its first entry.
    first: Slot,
    /// Which of its entries are still there; `None` if all are.
    alive: Option<AliveBitSet>,
    /// Their share. The rest must not count, or scores would depend on how often a source was edited.
    share_alive: f64,
}

impl Segment {
    pub(in crate::index) fn open_all(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Vec<Segment>> {
        let scored = [fields.words, fields.bigrams, fields.characters, fields.heading, fields.context];
        let plain = [fields.id, fields.article, fields.cites, fields.grounded, fields.document];
        let mut segments = Vec::new();
        let mut first = 0;
        for reader in searcher.segment_readers() {
            let mut opened = Vec::new();
            for field in scored {
                opened.push((field, reader.inverted_index(field)?, Some(reader.get_fieldnorms_reader(field)?)));
            }
            for field in plain {
                opened.push((field, reader.inverted_index(field)?, None));
            }
            let share_alive = f64::from(reader.num_docs()) / f64::from(reader.max_doc().max(1));
            segments.push(Segment { fields: opened, first, alive: reader.alive_bitset().cloned(), share_alive });
            first += reader.max_doc();
        }
        Ok(segments)
    }

    /// The slot of its first entry.
    pub(super) fn first(&self) -> Slot {
        self.first
    }

    /// About how many tokens of a field stand at a slot.
    pub(in crate::index) fn tokens_at(segments: &[Segment], field: Field, slot: Slot) -> u32 {
        let after = segments.partition_point(|segment| segment.first <= slot);
        let segment = &segments[after - 1];
        segment.field(field).2.as_ref().map_or(0, |lengths| lengths.fieldnorm(slot - segment.first))
    }

    fn field(&self, field: Field) -> &(Field, Arc<InvertedIndexReader>, Option<FieldNormReader>) {
        self.fields.iter().find(|entry| entry.0 == field).expect("every field that is searched is opened")
    }

    /// How many tokens a field has in this segment, those of entries that are gone left out by their share.
    pub(super) fn token_count(&self, field: Field) -> f64 {
        self.field(field).1.total_num_tokens() as f64 * self.share_alive
    }

    /// The list of a token with its frequencies, `None` if the segment does not have it.
    pub(super) fn list(&self, field: Field, token: &str) -> tantivy::Result<Option<List<'_>>> {
        let (_, reader, lengths) = self.field(field);
        let Some(info) = reader.get_term_info(&Term::from_field_text(field, token))? else { return Ok(None) };
        let postings = reader.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        let frequency = self.frequency(reader, &info)?;
        let alive = self.alive.as_ref();
        Ok(Some(List { postings, lengths: lengths.as_ref(), alive, first: self.first, next: 0, frequency }))
    }

    /// How many entries have the token of a list. Where some are gone, a share of many is a good guess, and of a few it is none.
    pub(super) fn frequency(&self, reader: &InvertedIndexReader, token: &TermInfo) -> tantivy::Result<f64> {
        let all = f64::from(token.doc_freq);
        if self.alive.is_none() {
            return Ok(all);
        }
        if token.doc_freq > FEW_POSTINGS {
            return Ok(all * self.share_alive);
        }
        let mut list = reader.read_block_postings_from_terminfo(token, IndexRecordOption::Basic)?;
        let mut alive = 0;
        while !list.docs().is_empty() {
            alive += list.docs().iter().filter(|&&doc| self.has(doc)).count();
            list.advance();
        }
        Ok(alive as f64)
    }

    /// Whether some entry has the token of a list.
    pub(super) fn has_any(&self, reader: &InvertedIndexReader, token: &TermInfo) -> tantivy::Result<bool> {
        if self.alive.is_none() {
            return Ok(true);
        }
        let mut list = reader.read_block_postings_from_terminfo(token, IndexRecordOption::Basic)?;
        while !list.docs().is_empty() {
            if list.docs().iter().any(|&doc| self.has(doc)) {
                return Ok(true);
            }
            list.advance();
        }
        Ok(false)
    }

    /// The lists of a field.
    pub(super) fn inverted_index(&self, field: Field) -> &InvertedIndexReader {
        &self.field(field).1
    }

    /// Whether all of its entries are still there.
    pub(super) fn is_whole(&self) -> bool {
        self.alive.is_none()
    }

    /// Whether an entry is still there.
    pub(super) fn has(&self, doc: DocId) -> bool {
        self.alive.as_ref().is_none_or(|alive| alive.is_alive(doc))
    }

    /// The slots of a token in a field without frequencies.
    fn slots_with(&self, field: Field, token: &str) -> tantivy::Result<Vec<Slot>> {
        let term = Term::from_field_text(field, token);
        let mut slots = Vec::new();
        let Some(mut list) = self.field(field).1.read_block_postings(&term, IndexRecordOption::Basic)? else {
            return Ok(slots);
        };
        while !list.docs().is_empty() {
            slots.extend(list.docs().iter().filter(|&&doc| self.has(doc)).map(|&doc| self.first + doc));
            list.advance();
        }
        Ok(slots)
    }

    /// The slots in which `tokens` stand as far from each other as their positions are, and how often.
    pub(in crate::index) fn at_positions(
        &self,
        field: Field,
        tokens: &[(String, u32)],
    ) -> tantivy::Result<Vec<(Slot, u32)>> {
        let reader = &self.field(field).1;
        let mut lists = Vec::with_capacity(tokens.len());
        let least = tokens.iter().map(|&(_, position)| position).min().unwrap_or(0);
        for (token, position) in tokens {
            let term = Term::from_field_text(field, token);
            let Some(info) = reader.get_term_info(&term)? else { return Ok(Vec::new()) };
            let list = reader.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?;
            lists.push((info.doc_freq, position - least, list));
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
            // Positions are compared where the first of them would stand.
            first.2.positions(&mut starts);
            starts.retain_mut(|start| start.checked_sub(first.1).map(|begin| *start = begin).is_some());
            for (_, position, list) in others.iter_mut() {
                list.positions(&mut positions);
                starts.retain(|start| positions.binary_search(&(start + *position)).is_ok());
            }
            if !starts.is_empty() && self.has(doc) {
                found.push((self.first + doc, u32::try_from(starts.len()).unwrap_or(u32::MAX)));
            }
            doc = first.2.advance();
        }
        Ok(found)
    }
}

/// The entries of a segment that have a token.
pub(super) struct List<'s> {
    postings: BlockSegmentPostings,
    lengths: Option<&'s FieldNormReader>,
    alive: Option<&'s AliveBitSet>,
    first: Slot,
    /// The place in the block at hand that [`each_in`](List::each_in) comes to next.
    next: usize,
    /// How many there are, those that are gone [left out](Segment::frequency).
    pub(super) frequency: f64,
}

impl List<'_> {
    /// Calls `each` with every slot, how often the token stands there, and the class of its field's length.
    #[inline]
    pub(super) fn each(mut self, mut each: impl FnMut(Slot, u32, u8)) {
        loop {
            let docs = self.postings.docs();
            if docs.is_empty() {
                return;
            }
            for (&doc, &frequency) in docs.iter().zip(self.postings.freqs()) {
                if self.alive.is_none_or(|alive| alive.is_alive(doc)) {
                    each(self.first + doc, frequency, self.lengths.map_or(0, |lengths| lengths.fieldnorm_id(doc)));
                }
            }
            self.postings.advance();
        }
    }

    /// Calls `each` as [`each`](List::each) does with the slots in `range`, which begins where the last one ended or later.
    #[inline]
    pub(super) fn each_in(&mut self, range: Range<Slot>, mut each: impl FnMut(Slot, u32, u8)) {
        let Some(end) = range.end.checked_sub(self.first).filter(|&end| end > 0) else { return };
        let start = range.start.saturating_sub(self.first);
        if self.postings.docs().get(self.next).is_some_and(|&doc| doc < start) {
            self.next = self.postings.seek(start);
        }
        loop {
            let docs = self.postings.docs();
            let here = docs.get(self.next..).unwrap_or_default();
            let here = &here[..here.partition_point(|&doc| doc < end)];
            let frequencies = &self.postings.freqs()[self.next..];
            for (&doc, &frequency) in here.iter().zip(frequencies) {
                if self.alive.is_none_or(|alive| alive.is_alive(doc)) {
                    each(self.first + doc, frequency, self.lengths.map_or(0, |lengths| lengths.fieldnorm_id(doc)));
                }
            }
            self.next += here.len();
            if docs.is_empty() || self.next < docs.len() {
                return;
            }
            self.postings.advance();
            self.next = 0;
        }
    }

    /// Calls `each` with every slot that stands in all lists too (all of one segment), the least of its frequencies, and
    /// the class of the field's length, until `each` wants no more.
    pub(super) fn each_in_all(mut lists: Vec<Self>, mut each: impl FnMut(Slot, u32, u8) -> Wanted) {
        lists.sort_by_key(|list| list.postings.doc_freq());
        let Some((rarest, others)) = lists.split_first_mut() else { return };
        let first = rarest.first;
        while !rarest.postings.docs().is_empty() {
            'entries: for at in 0..rarest.postings.block_len() {
                let doc = rarest.postings.doc(at);
                if rarest.alive.is_some_and(|alive| !alive.is_alive(doc)) {
                    continue;
                }
                let mut frequency = rarest.postings.freq(at);
                for list in others.iter_mut() {
                    let at = list.postings.seek(doc);
                    if at >= list.postings.block_len() || list.postings.doc(at) != doc {
                        continue 'entries;
                    }
                    frequency = frequency.min(list.postings.freq(at));
                }
                let class = rarest.lengths.map_or(0, |lengths| lengths.fieldnorm_id(doc));
                if each(first + doc, frequency, class) == Wanted::NoMore {
                    return;
                }
            }
            rarest.postings.advance();
        }
    }
}

/// Whether whoever goes through a list wants to see the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    More,
    NoMore,
}

impl Embedded {
    /// The lists of a token in all segments that have it.
    pub(super) fn lists(&self, field: Field, token: &str) -> Result<Vec<List<'_>>, IndexError> {
        let mut lists = Vec::with_capacity(self.segments.len());
        for segment in &self.segments {
            lists.extend(segment.list(field, token)?);
        }
        Ok(lists)
    }

    /// Calls `each` with every slot that has all of `tokens`, until it wants no more.
    pub(super) fn each_with_all(
        &self,
        field: Field,
        tokens: &[String],
        mut each: impl FnMut(Slot, u32, u8) -> Wanted,
    ) -> Result<(), IndexError> {
        let mut wanted = Wanted::More;
        'segments: for segment in &self.segments {
            let mut lists = Vec::with_capacity(tokens.len());
            for token in tokens {
                let Some(list) = segment.list(field, token)? else { continue 'segments };
                lists.push(list);
            }
            List::each_in_all(lists, |slot, frequency, class| {
                wanted = each(slot, frequency, class);
                wanted
            });
            if wanted == Wanted::NoMore {
                break;
            }
        }
        Ok(())
    }

    /// The slots with a token in a field without frequencies.
    pub(super) fn slots_with(&self, field: Field, token: &str) -> Result<Vec<Slot>, IndexError> {
        let mut slots = Vec::new();
        for segment in &self.segments {
            slots.extend(segment.slots_with(field, token)?);
        }
        Ok(slots)
    }

    /// The units with a token in a field without frequencies.
    pub(super) fn units_with_token(&self, field: Field, token: &str) -> Result<Vec<UnitNo>, IndexError> {
        let unit = |slot: Slot| Some(self.unit_at(slot)).filter(|&unit| unit != NONE);
        Ok(self.slots_with(field, token)?.into_iter().filter_map(unit).collect())
    }
}
