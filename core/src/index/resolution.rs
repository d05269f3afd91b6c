//! What citations mean in the statutes of a generation.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use time::{OffsetDateTime, UtcOffset};

use super::IndexError;
use super::engine::UnitStore;
use super::reader::Index;
use super::tables::{Tables, UnitNo};
use crate::audit::{Audit, Law, audit};
use crate::citation::resolve::{
    ArticleText, Catalogue, CitingContext, Outcome, Reference, Resolution, Resolver, Texts, Verdict,
};
use crate::citation::{Mention, PartPath, Promulgation, ProvisionPath};
use crate::document::DocumentHeader;
use crate::query::CitedPlace;
use crate::statute::{SuccessionTable, lacks_part};
use crate::unit::{Detail, Kind, Unit};

/// Resolves citations in one generation. It keeps the statutes that it has read, so it is for one task and not for ever.
pub struct CitationResolver<'i> {
    store: Store<'i>,
    catalogue: &'i Catalogue,
    succession: &'i SuccessionTable,
    today: String,
}

impl Index {
    /// A resolver for what is in force today, by the calendar of China.
    pub fn resolver(&self) -> CitationResolver<'_> {
        CitationResolver {
            store: Store::new(&self.tables, &*self.engine),
            catalogue: self.catalogue(),
            succession: self.lexicon.succession(),
            today: today(),
        }
    }

    /// The statutes by name, gathered when a citation is first resolved.
    pub(super) fn catalogue(&self) -> &Catalogue {
        self.catalogue.get_or_init(|| Catalogue::new(self.tables.statute_headers()))
    }
}

/// The day in China, as `2025-12-31`.
fn today() -> String {
    let china = UtcOffset::from_hms(8, 0, 0).expect("eight hours are an offset");
    let date = OffsetDateTime::now_utc().to_offset(china).date();
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

impl CitationResolver<'_> {
    /// What a mention means. [`CitingContext::this_statute`] is a document's identifier.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn mention(&self, mention: &Mention, context: &CitingContext<'_>) -> Result<Resolution, IndexError> {
        let provisions: Vec<ProvisionPath> = mention.provisions.iter().map(|provision| provision.path).collect();
        self.with_parts(self.resolver().resolve(mention, context)?, &provisions)
    }

    /// What a place that a query names means.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn place(&self, place: &CitedPlace) -> Result<Resolution, IndexError> {
        let reference = Reference {
            statute: place.statute.as_deref(),
            promulgation: None,
            number: None,
            provisions: place.path.as_slice(),
        };
        let resolution = self.resolver().resolve_reference(&reference, &CitingContext::default())?;
        self.with_parts(resolution, reference.provisions)
    }

    /// The same, unless an article is there that lacks what is cited of it. An audit tells that from an article that is not there.
    fn with_parts(&self, mut resolution: Resolution, provisions: &[ProvisionPath]) -> Result<Resolution, IndexError> {
        if resolution.outcome == Outcome::Resolved {
            for path in provisions.iter().filter(|path| **path != path.whole_article()) {
                let end = format!("/article/{}", path.article_key());
                let Some(id) = resolution.ids.iter().find(|id| id.ends_with(&end)) else { continue };
                if self.store.words(id)?.is_some_and(|words| lacks_part(&words, PartPath::of(*path))) {
                    resolution.outcome = Outcome::ArticleAbsent;
                }
            }
        }
        Ok(resolution)
    }

    /// What a list's provision means, whose circumstances are the words it quotes; `None` for any other unit.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn provision(&self, unit: &Unit) -> Result<Option<Resolution>, IndexError> {
        let Detail::Provision { statute, path, circumstances, .. } = &unit.detail else { return Ok(None) };
        let document = unit.id.split('/').next().unwrap_or_default();
        let header = self.store.tables.document(document).map(|row| &row.header);
        let promulgation = self.store.promulgation(unit)?;
        let quoted: Vec<&str> = circumstances.iter().map(|span| span.slice(&unit.passage.text)).collect();
        let reference = Reference {
            statute: Some(statute),
            promulgation: promulgation.as_ref(),
            number: None,
            provisions: std::slice::from_ref(path),
        };
        let as_of = header.and_then(|header| header.date.as_deref());
        let context = CitingContext { as_of, this_statute: None, quoted: &quoted };
        self.resolver().resolve_reference(&reference, &context).map(Some)
    }

    /// What became of everything that a document cites.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn audit(&self, document: &DocumentHeader, units: &[Unit]) -> Result<Audit, IndexError> {
        audit(&self.resolver(), document, units)
    }

    fn resolver(&self) -> Resolver<'_, Store<'_>> {
        Resolver { catalogue: self.catalogue, succession: self.succession, texts: &self.store, today: &self.today }
    }
}

/// The provisions of lists that mean another article than the one that they name: the words are those of another one by
/// now, or the statute has another name. That article and the provision, in the order of the articles.
pub(super) fn moved_provisions(
    tables: &Tables,
    units: &dyn UnitStore,
    succession: &SuccessionTable,
) -> Result<Vec<(UnitNo, UnitNo)>, IndexError> {
    let catalogue = Catalogue::new(tables.statute_headers());
    let store = Store::new(tables, units);
    let resolver = CitationResolver { store, catalogue: &catalogue, succession, today: today() };
    let mut moved = Vec::new();
    for unit in (0..).take(tables.units()).filter(|&unit| tables.kind(unit) == Kind::Provision) {
        let Some(resolution) = resolver.provision(&resolver.store.read(unit)?)? else { continue };
        let quotation = resolution.quotation.filter(|quotation| quotation.verdict == Verdict::Moved);
        let article = quotation.and_then(|quotation| quotation.moved_to);
        let is_one =
            matches!(resolution.outcome, Outcome::Resolved | Outcome::OtherVersion) && resolution.ids.len() == 1;
        let article = article.or_else(|| resolution.ids.into_iter().next().filter(|_| is_one));
        let Some(article) = article.map(|article| resolver.store.find(&article)).transpose()?.flatten() else {
            continue;
        };
        let names = |column: &[u32]| (column[unit as usize], column[article as usize]);
        let (statutes, articles) = (names(&tables.statute_of), names(&tables.article_of));
        if statutes.0 != statutes.1 || articles.0 != articles.1 {
            moved.push((article, unit));
        }
    }
    moved.sort_unstable();
    Ok(moved)
}

/// The units of a generation, read one after the other.
struct Store<'i> {
    tables: &'i Tables,
    units: &'i dyn UnitStore,
    /// The articles of the statutes that were asked for.
    articles: RefCell<HashMap<String, Arc<[ArticleText]>>>,
}

impl<'i> Store<'i> {
    fn new(tables: &'i Tables, units: &'i dyn UnitStore) -> Store<'i> {
        Store { tables, units, articles: RefCell::default() }
    }

    fn read(&self, unit: UnitNo) -> Result<Unit, IndexError> {
        self.units.read(unit)
    }

    fn find(&self, id: &str) -> Result<Option<UnitNo>, IndexError> {
        self.units.find(id)
    }

    fn units_of(&self, document: &str) -> std::ops::Range<UnitNo> {
        self.tables.document(document).map_or(0..0, |row| row.first..row.first + row.units)
    }

    /// What the parenthesis behind the name of a provision's statute says.
    fn promulgation(&self, provision: &Unit) -> Result<Option<Promulgation>, IndexError> {
        let Some((ground, _)) = provision.id.split_once("/article/") else { return Ok(None) };
        let Some(number) = self.find(ground)? else { return Ok(None) };
        match self.read(number)?.detail {
            Detail::Citation { promulgation, .. } => Ok(promulgation),
            _ => Ok(None),
        }
    }
}

impl Law for Store<'_> {
    fn words(&self, article: &str) -> Result<Option<String>, IndexError> {
        let unit = self.find(article)?.map(|unit| self.read(unit)).transpose()?;
        Ok(unit.filter(|unit| unit.kind == Kind::Article).map(|unit| unit.passage.text))
    }
}

impl Texts for Store<'_> {
    type Error = IndexError;

    fn has_article(&self, document: &str, key: &str) -> Result<bool, IndexError> {
        Ok(self.find(&format!("{document}/article/{key}"))?.is_some())
    }

    fn articles(&self, document: &str) -> Result<Arc<[ArticleText]>, IndexError> {
        if let Some(known) = self.articles.borrow().get(document) {
            return Ok(Arc::clone(known));
        }
        let mut articles = Vec::new();
        let units: Vec<UnitNo> = self.units_of(document).collect();
        for unit in self.units.read_all(&units)? {
            if let Some((_, key)) = unit.id.split_once("/article/") {
                articles.push(ArticleText::new(key, &unit.passage.text));
            }
        }
        let articles: Arc<[ArticleText]> = articles.into();
        self.articles.borrow_mut().insert(document.to_owned(), Arc::clone(&articles));
        Ok(articles)
    }
}
