//! What a generation knows beyond its single sources, written once when it is published.
//!
//! tantivy's segments hold only what one source says, so that a changed source replaces its own units and no others.
//! The tables number all units through, in the order of documents and places, and are rebuilt from the segments'
//! columns in one pass.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TantivyError};

use super::schema::HEADER;
use crate::document::DocumentHeader;
use crate::query::CitedPlace;
use crate::statute::{StatuteHeader, Version};
use crate::unit::Kind;

/// A unit's number in a generation: its place in the order of all units.
pub(super) type UnitNo = u32;

/// "None" in the columns.
pub(super) const NONE: u32 = u32::MAX;

/// One document in the tables.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DocumentRow {
    pub(super) header: DocumentHeader,
    /// The numbers of its units: `first..first + units`.
    pub(super) first: UnitNo,
    pub(super) units: u32,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Tables {
    /// The segments that `addresses` counts, in order.
    pub(super) segments: Vec<String>,
    /// By identifier.
    pub(super) documents: Vec<DocumentRow>,
    /// The names of the statutes that units belong to, sorted.
    pub(super) statutes: Vec<String>,
    /// The numbers of their articles as printed in identifiers, sorted.
    pub(super) articles: Vec<String>,
    /// How many articles of other statutes have the letters of each statute's name, in the order of `statutes`.
    pub(super) authority: Vec<u32>,

    /// Articles with the provisions of lists that mean them and name another one, or their statute otherwise, in the order
    /// of the articles.
    pub(super) moved: Vec<(UnitNo, UnitNo)>,

    // A row for each unit.
    /// Segment and document number in tantivy.
    pub(super) addresses: Vec<(u32, DocId)>,
    /// Place in [`Kind::ALL`].
    pub(super) kinds: Vec<u8>,
    /// Place in `documents`.
    pub(super) document_of: Vec<u32>,
    /// Place in `statutes`, or [`NONE`].
    pub(super) statute_of: Vec<u32>,
    /// Place in `articles`, or [`NONE`].
    pub(super) article_of: Vec<u32>,
    /// The chapter that an article stands in, all chapters numbered through, or [`NONE`].
    pub(super) chapter_of: Vec<u32>,
    /// 权力类型 of rows, and of cells that of their rows.
    pub(super) power_types: Values,
    /// 承办机构.
    pub(super) departments: Values,
    /// The statutes that they are grounded on.
    pub(super) grounded: Values,
    /// Units with one number here are one hit; most have it to themselves.
    pub(super) group_of: Vec<u32>,
}

/// Any number of values for each unit. Where no unit has any, nothing is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Values {
    /// The values, sorted.
    pub(super) names: Vec<String>,
    /// Where the values of each unit begin in `places`.
    starts: Vec<u32>,
    /// Places in `names`.
    places: Vec<u32>,
}

impl Values {
    fn new<'r>(rows: impl Iterator<Item = &'r Vec<Arc<str>>> + Clone) -> Values {
        let mut values = Values { names: names(rows.clone().flatten()), ..Values::default() };
        if values.names.is_empty() {
            return values;
        }
        let place = places(&values.names);
        for row in rows {
            values.starts.push(position(values.places.len()));
            values.places.extend(row.iter().filter_map(|name| place.get(&**name)));
        }
        values
    }

    /// The values of a unit, as places in [`names`](Values::names).
    pub(super) fn of(&self, unit: UnitNo) -> &[u32] {
        let at = unit as usize;
        let Some(&start) = self.starts.get(at) else { return &[] };
        let end = self.starts.get(at + 1).map_or(self.places.len(), |&end| end as usize);
        self.places.get(start as usize..end).unwrap_or(&[])
    }

    /// The place of a value.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.names.binary_search_by(|known| known.as_str().cmp(name)).ok().map(position)
    }

    /// The same by name.
    pub(super) fn names_of(&self, unit: UnitNo) -> impl Iterator<Item = &str> {
        self.of(unit).iter().map(|&place| self.names[place as usize].as_str())
    }

    /// Whether it can be of so many units.
    pub(super) fn fits(&self, units: usize) -> bool {
        (self.starts.is_empty() || self.starts.len() == units)
            && self.places.iter().all(|&place| (place as usize) < self.names.len())
    }
}

impl Tables {
    pub(super) const FILE: &str = "tables.bin";

    /// Reads the columns of all segments.
    pub(super) fn build(searcher: &Searcher) -> tantivy::Result<Tables> {
        let mut rows = Vec::new();
        let mut documents: HashMap<Arc<str>, DocumentRow> = HashMap::new();
        let mut segments = Vec::new();
        for (ord, segment) in searcher.segment_readers().iter().enumerate() {
            segments.push(segment.segment_id().uuid_string());
            let columns = Columns::open(segment)?;
            for doc in segment.doc_ids_alive() {
                let address = DocAddress::new(u32::try_from(ord).expect("few segments"), doc);
                let document = columns.document.of(doc).unwrap_or_default();
                let ordinal = columns.ordinal.first(doc).unwrap_or(HEADER);
                if ordinal == HEADER {
                    let header = super::record::read_header(searcher, address)?;
                    documents.insert(document, DocumentRow { header, first: 0, units: 0 });
                    continue;
                }
                rows.push(Row {
                    document,
                    ordinal,
                    address: (address.segment_ord, doc),
                    kind: u8::try_from(columns.kind.first(doc).unwrap_or(0)).unwrap_or(0) % Kind::ALL.len() as u8,
                    statute: columns.statute.of(doc),
                    article: columns.article.of(doc),
                    chapter: columns.chapter.first(doc),
                    power_types: columns.power_type.all_of(doc),
                    departments: columns.department.all_of(doc),
                    grounded: columns.grounded.all_of(doc),
                    collapse: columns.collapse.first(doc).unwrap_or(0),
                });
            }
        }
        rows.sort_by(|a, b| (&a.document, a.ordinal).cmp(&(&b.document, b.ordinal)));
        Tables::number(segments, documents, rows)
    }

    fn number(
        segments: Vec<String>,
        documents: HashMap<Arc<str>, DocumentRow>,
        rows: Vec<Row>,
    ) -> tantivy::Result<Tables> {
        let mut documents: Vec<_> = documents.into_values().collect();
        documents.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        let mut tables = Tables {
            segments,
            statutes: names(rows.iter().filter_map(|row| row.statute.as_ref())),
            articles: names(rows.iter().filter_map(|row| row.article.as_ref())),
            power_types: Values::new(rows.iter().map(|row| &row.power_types)),
            departments: Values::new(rows.iter().map(|row| &row.departments)),
            grounded: Values::new(rows.iter().map(|row| &row.grounded)),
            ..Tables::default()
        };
        let (statutes, articles) = (places(&tables.statutes), places(&tables.articles));
        let place = |places: &HashMap<String, u32>, name: Option<&Arc<str>>| {
            name.and_then(|name| places.get(&**name).copied()).unwrap_or(NONE)
        };
        let mut groups: HashMap<u64, u32> = HashMap::new();
        let (mut chapters, mut last_chapter) = (0, None);
        for (number, row) in rows.into_iter().enumerate() {
            let document = documents.binary_search_by(|entry| entry.header.id.as_str().cmp(&row.document));
            let document = document.map_err(|_| {
                TantivyError::InternalError(format!("the units of `{}` have no document", row.document))
            })?;
            if documents[document].units == 0 {
                documents[document].first = position(number);
            }
            documents[document].units += 1;
            let next = position(groups.len());
            tables.group_of.push(*groups.entry(row.collapse).or_insert(next));
            let chapter = row.chapter.map(|chapter| (document, chapter));
            chapters += u32::from(chapter.is_some() && chapter != last_chapter);
            last_chapter = chapter.or(last_chapter);
            tables.chapter_of.push(chapter.map_or(NONE, |_| chapters - 1));
            tables.addresses.push(row.address);
            tables.kinds.push(row.kind);
            tables.document_of.push(position(document));
            tables.statute_of.push(place(&statutes, row.statute.as_ref()));
            tables.article_of.push(place(&articles, row.article.as_ref()));
        }
        tables.documents = documents;
        Ok(tables)
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("tables hold nothing that cannot be written")
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Tables, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// How many units there are.
    pub(super) fn units(&self) -> usize {
        self.addresses.len()
    }

    pub(super) fn kind(&self, unit: UnitNo) -> Kind {
        Kind::ALL[self.kinds[unit as usize] as usize % Kind::ALL.len()]
    }

    pub(super) fn document(&self, id: &str) -> Option<&DocumentRow> {
        self.document_number(id).map(|number| &self.documents[number as usize])
    }

    /// The place of a document in `documents`.
    pub(super) fn document_number(&self, id: &str) -> Option<u32> {
        self.documents.binary_search_by(|row| row.header.id.as_str().cmp(id)).ok().map(position)
    }

    /// The statutes by their identifiers.
    pub(super) fn statute_headers(&self) -> impl Iterator<Item = (&str, &StatuteHeader)> {
        self.documents.iter().filter_map(|row| Some((row.header.id.as_str(), row.header.statute.as_ref()?)))
    }

    /// By document: whether it is a version of a statute of which there is a newer one.
    pub(super) fn superseded(&self) -> Vec<bool> {
        let mut newest: HashMap<&str, &Version> = HashMap::new();
        let statutes = || self.documents.iter().map(|row| row.header.statute.as_ref());
        for statute in statutes().flatten() {
            let version = newest.entry(&statute.name).or_insert(&statute.version);
            *version = (*version).max(&statute.version);
        }
        let is_older = |statute: &StatuteHeader| newest.get(statute.name.as_str()) != Some(&&statute.version);
        statutes().map(|statute| statute.is_some_and(is_older)).collect()
    }

    /// What a row of a list can be filtered by, and the rows that have a cell.
    pub(super) fn labels(&self, unit: UnitNo) -> impl Iterator<Item = &str> {
        self.power_types.names_of(unit).chain(self.departments.names_of(unit))
    }

    /// By unit: the chapter that an article stands in, and the one of the article that a provision cites (in the newest version of
    /// its statute), or [`NONE`]. `superseded` tells the older versions, by document.
    pub(super) fn chapters_around(&self, superseded: &[bool]) -> Vec<u32> {
        let units = || (0..).take(self.units());
        let provisions = units().filter(|&unit| self.kind(unit) == Kind::Provision);
        let mut cited: HashMap<(u32, u32), u32> = provisions.map(|unit| (self.citable(unit), NONE)).collect();
        let is_newest =
            |&unit: &UnitNo| self.kind(unit) == Kind::Article && !superseded[self.document_of[unit as usize] as usize];
        if !cited.is_empty() {
            for article in units().filter(is_newest) {
                if let Some(chapter) = cited.get_mut(&self.citable(article)) {
                    *chapter = self.chapter_of[article as usize];
                }
            }
        }
        let chapter = |unit: UnitNo| match self.kind(unit) {
            Kind::Provision => cited.get(&self.citable(unit)).copied().unwrap_or(NONE),
            _ => self.chapter_of[unit as usize],
        };
        units().map(chapter).collect()
    }

    /// What a unit is cited by, or cites: the numbers of its statute and of the article.
    pub(super) fn citable(&self, unit: UnitNo) -> (u32, u32) {
        (self.statute_of[unit as usize], self.article_of[unit as usize])
    }

    /// Whether a unit is a place of the law itself, or a ground that cites just that, and does not only speak of it.
    pub(super) fn is_place(&self, unit: UnitNo, place: &CitedPlace) -> bool {
        let of = |column: &[u32], names: &[String], wanted: &Option<String>| {
            let name = names.get(column[unit as usize] as usize);
            wanted.is_none() || name == wanted.as_ref()
        };
        of(&self.statute_of, &self.statutes, &place.statute) && of(&self.article_of, &self.articles, &place.article)
    }

    /// By unit: whether it is one hit with others.
    pub(super) fn is_shared(&self) -> Vec<bool> {
        self.is_shared_beside(&[])
    }

    /// The same where some documents, by their numbers, are left out.
    pub(super) fn is_shared_beside(&self, left_out: &[bool]) -> Vec<bool> {
        let groups = self.group_of.iter().max().map_or(0, |&group| group as usize + 1);
        let mut sizes = vec![0_u32; groups];
        for (&group, &document) in self.group_of.iter().zip(&self.document_of) {
            let is_left_out = left_out.get(document as usize).copied().unwrap_or(false);
            sizes[group as usize] += u32::from(!is_left_out);
        }
        self.group_of.iter().map(|&group| sizes[group as usize] > 1).collect()
    }
}

struct Row {
    document: Arc<str>,
    ordinal: u64,
    address: (u32, DocId),
    kind: u8,
    statute: Option<Arc<str>>,
    article: Option<Arc<str>>,
    chapter: Option<u64>,
    power_types: Vec<Arc<str>>,
    departments: Vec<Arc<str>>,
    grounded: Vec<Arc<str>>,
    collapse: u64,
}

struct Columns {
    document: Texts,
    statute: Texts,
    article: Texts,
    power_type: Texts,
    department: Texts,
    grounded: Texts,
    ordinal: Column<u64>,
    kind: Column<u64>,
    chapter: Column<u64>,
    collapse: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let fast = segment.fast_fields();
        Ok(Columns {
            document: Texts::open(fast.str("document")?)?,
            statute: Texts::open(fast.str("statute")?)?,
            article: Texts::open(fast.str("article")?)?,
            power_type: Texts::open(fast.str("power_type")?)?,
            department: Texts::open(fast.str("department")?)?,
            grounded: Texts::open(fast.str("grounded")?)?,
            ordinal: fast.u64("ordinal")?,
            kind: fast.u64("kind")?,
            chapter: fast.u64("chapter")?,
            collapse: fast.u64("collapse")?,
        })
    }
}

/// A column of texts. There are few different ones, and each is decoded once.
struct Texts {
    places: Option<Column<u64>>,
    texts: Vec<Arc<str>>,
}

impl Texts {
    fn open(column: Option<StrColumn>) -> io::Result<Texts> {
        let Some(column) = column else { return Ok(Texts { places: None, texts: Vec::new() }) };
        let mut texts = Vec::with_capacity(column.num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            let text = std::str::from_utf8(terms.key()).map_err(io::Error::other)?;
            texts.push(text.into());
        }
        Ok(Texts { places: Some(column.ords().clone()), texts })
    }

    fn of(&self, doc: DocId) -> Option<Arc<str>> {
        let place = self.places.as_ref()?.first(doc)?;
        self.texts.get(usize::try_from(place).ok()?).cloned()
    }

    fn all_of(&self, doc: DocId) -> Vec<Arc<str>> {
        let places = self.places.iter().flat_map(|places| places.values_for_doc(doc));
        places.filter_map(|place| self.texts.get(usize::try_from(place).ok()?).cloned()).collect()
    }
}

fn names<'a>(names: impl Iterator<Item = &'a Arc<str>>) -> Vec<String> {
    let names: HashSet<&str> = names.map(AsRef::as_ref).collect();
    let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    names.sort_unstable();
    names
}

fn places(names: &[String]) -> HashMap<String, u32> {
    (0..).zip(names).map(|(place, name)| (name.clone(), place)).collect()
}

fn position(at: usize) -> u32 {
    u32::try_from(at).expect("an index on one machine holds fewer than four thousand million units")
}
