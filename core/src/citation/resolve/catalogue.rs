//! Which statutes there are, in which versions, and under which names they are found.

use std::collections::HashMap;

use super::name::{Core, letters};
use super::order::{is_unique, order_key, orders_in};
use super::state::{State, states};
use crate::citation::statute_key;
use crate::statute::StatuteHeader;

/// The statutes that are there.
///
/// Building it reads names and histories, not texts: the whole corpus takes some milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    statutes: Vec<CataloguedStatute>,
    /// By the core of the name, which all ways of naming a statute share.
    by_core: HashMap<String, Vec<usize>>,
    by_order: HashMap<String, Vec<(usize, String)>>,
}

/// One statute in all its versions.
#[derive(Clone, Debug)]
pub(super) struct CataloguedStatute {
    name: String,
    /// Of the name.
    letters: String,
    /// Who is named before 关于.
    issuer: Option<String>,
    /// Oldest first.
    pub(super) versions: Vec<CataloguedVersion>,
}

/// One version that is there.
#[derive(Clone, Debug)]
pub(super) struct CataloguedVersion {
    /// The document's identifier.
    pub(super) document: String,
    date: Option<String>,
    /// Oldest first; the last is its own.
    states: Vec<State>,
    /// The orders that its history names, with their days.
    orders: Vec<(String, String)>,
}

/// What a name finds.
#[derive(Clone, Debug)]
pub(super) enum Found<'c> {
    Nothing,
    /// This statute, by its name.
    One(&'c CataloguedStatute),
    /// The only statute whose name has the same core, which may be another statute.
    Alike(&'c CataloguedStatute),
    /// Any of these.
    Several(Vec<&'c CataloguedStatute>),
}

impl Catalogue {
    /// Takes the identifiers of documents and what the statutes in them say of themselves.
    pub fn new<'a>(statutes: impl IntoIterator<Item = (&'a str, &'a StatuteHeader)>) -> Catalogue {
        let mut catalogue = Catalogue::default();
        for (document, header) in statutes {
            catalogue.add(document, header);
        }
        catalogue.prepare();
        catalogue
    }

    fn add(&mut self, document: &str, header: &StatuteHeader) {
        let letters = letters(&header.name);
        let Core { letters: core, issuer } = Core::of(&letters);
        let alike = self.by_core.entry(core).or_default();
        let known = alike.iter().copied().find(|&place| self.statutes[place].name == header.name);
        let place = known.unwrap_or_else(|| {
            alike.push(self.statutes.len());
            self.statutes.push(CataloguedStatute { name: header.name.clone(), letters, issuer, versions: Vec::new() });
            self.statutes.len() - 1
        });
        let orders = header
            .history
            .iter()
            .flat_map(|event| orders_in(&event.text).into_iter().map(|key| (key, event.date.clone())));
        self.statutes[place].versions.push(CataloguedVersion {
            document: document.to_owned(),
            date: header.version.date().map(str::to_owned),
            states: states(header),
            orders: orders.collect(),
        });
    }

    fn prepare(&mut self) {
        for (place, statute) in self.statutes.iter_mut().enumerate() {
            statute.versions.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| a.document.cmp(&b.document)));
            for (key, date) in statute.versions.iter().flat_map(|version| &version.orders) {
                let named = self.by_order.entry(key.clone()).or_default();
                if is_unique(key) && !named.contains(&(place, date.clone())) {
                    named.push((place, date.clone()));
                }
            }
        }
    }

    /// How many statutes there are, each counted once.
    pub fn len(&self) -> usize {
        self.statutes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.statutes.is_empty()
    }

    /// The statute of that name: by the name as citations write it, else by its letters, else by its core if that is given
    /// to one statute only. Never by a part of its name: 《统计法》 is not 《统计法实施条例》.
    pub(super) fn find(&self, name: &str) -> Found<'_> {
        let key = statute_key(name);
        let letters = letters(&key);
        let core = Core::of(&letters);
        let alike: Vec<_> =
            self.by_core.get(&core.letters).into_iter().flatten().map(|&place| &self.statutes[place]).collect();
        if let Some(statute) = alike.iter().find(|statute| statute.name == key) {
            return Found::One(statute);
        }
        let same: Vec<_> = alike.iter().copied().filter(|statute| statute.letters == letters).collect();
        match same[..] {
            [] => {}
            [one] => return Found::One(one),
            _ => return Found::Several(same),
        }
        let alike: Vec<_> =
            alike.into_iter().filter(|statute| core.may_be_issued_by(statute.issuer.as_deref())).collect();
        match alike[..] {
            [] => Found::Nothing,
            [one] => Found::Alike(one),
            _ => Found::Several(alike),
        }
    }

    /// The statute of that document, or of that name, and the version if the document is there.
    pub(super) fn find_document(&self, id: &str) -> Option<(&CataloguedStatute, &CataloguedVersion)> {
        let (name, _) = crate::statute::split_statute_id(id);
        let Found::One(statute) = self.find(name) else { return None };
        let version = statute.versions.iter().find(|version| version.document == id)?;
        Some((statute, version))
    }

    /// The one statute whose history names that order or document number, and the day of it.
    pub(super) fn find_order(&self, number: &str) -> Found<'_> {
        let named = order_key(number).and_then(|key| self.by_order.get(&key)).map_or(&[][..], Vec::as_slice);
        let mut places: Vec<usize> = named.iter().map(|&(place, _)| place).collect();
        places.dedup();
        match places[..] {
            [] => Found::Nothing,
            [one] => Found::One(&self.statutes[one]),
            _ => Found::Several(places.iter().map(|&place| &self.statutes[place]).collect()),
        }
    }
}

impl CataloguedStatute {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The version that counts where nothing says which.
    pub(super) fn newest(&self) -> &CataloguedVersion {
        self.versions.last().expect("a statute is catalogued with a version")
    }

    /// All states that its versions tell of, oldest first. What several versions tell of is there several times.
    pub(super) fn timeline(&self) -> Vec<&State> {
        let mut states: Vec<&State> = self.versions.iter().flat_map(|version| &version.states).collect();
        states.sort_by_key(|state| state.begins());
        states
    }

    /// The day on which its history names that order.
    pub(super) fn date_of_order(&self, number: &str) -> Option<&str> {
        let key = order_key(number)?;
        let mut orders = self.versions.iter().flat_map(|version| &version.orders);
        orders.find(|(order, _)| *order == key).map(|(_, date)| date.as_str())
    }
}

impl CataloguedVersion {
    /// Its own state; `None` where no date is known.
    pub(super) fn state(&self) -> Option<&State> {
        self.states.last()
    }

    /// The day on which its own state begins.
    pub(super) fn begins(&self) -> &str {
        self.state().map_or("", State::begins)
    }
}
