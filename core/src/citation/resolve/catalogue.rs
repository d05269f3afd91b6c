//! Which statutes there are, in which versions, and under which names they are found.

use std::collections::HashMap;

use super::name::{Core, letters};
use super::order::{is_unique, order_key, orders_in};
use super::state::{State, states};
use crate::citation::statute_key;
use crate::statute::StatuteHeader;
use crate::text::scan_numeral;

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

    /// The name that a statute has and `name` nearly is: a letter of it is wrong, missing or too many, two of a long one.
    ///
    /// `None` where several are as near, and where the letters that differ are what tells statutes apart: a number, a place, the
    /// word for what they are. 甲省 is not 乙省, an 实施条例 no 实施细则.
    pub fn nearly(&self, name: &str) -> Option<&str> {
        let wanted: Vec<char> = letters(&statute_key(name)).chars().collect();
        let most = match wanted.len() {
            0..6 => return None,
            6..12 => 1,
            _ => 2,
        };
        let mut nearest: Option<(usize, &str)> = None;
        let mut is_one = false;
        for statute in &self.statutes {
            let own: Vec<char> = statute.letters.chars().collect();
            if own.len().abs_diff(wanted.len()) > most || !may_be_mistaken(&wanted, &own) {
                continue;
            }
            let distance = strsim::generic_damerau_levenshtein(&wanted, &own);
            if distance == 0 || distance > most || nearest.is_some_and(|(least, _)| distance > least) {
                continue;
            }
            is_one = nearest.is_none_or(|(least, _)| distance < least);
            nearest = Some((distance, statute.name()));
        }
        nearest.filter(|_| is_one).map(|(_, name)| name)
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

/// Whether two names differ in a few letters that do not tell statutes apart.
fn may_be_mistaken(a: &[char], b: &[char]) -> bool {
    const MOST: usize = 4;
    const FORM_LETTERS: usize = 2;
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let shorter = a.len().min(b.len());
    let same_at_end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count().min(shorter - same);
    let (own, other) = (&a[same..a.len() - same_at_end], &b[same..b.len() - same_at_end]);
    if own.len().max(other.len()) > MOST || same_at_end < FORM_LETTERS {
        return false;
    }
    // 河南省 and 河北省, and whatever else stands before the word for a place.
    let names_place = |letters: &[char]| {
        letters[same..].iter().take(MOST).any(|letter| matches!(letter, '省' | '市' | '县' | '区' | '州' | '旗'))
    };
    let tells = |letters: &[char]| {
        let text: String = letters.iter().collect();
        let is_number = |letter: &char| scan_numeral(letter.encode_utf8(&mut [0; 4])).is_some();
        letters.iter().any(is_number)
            || ["实施", "细则", "条例", "办法", "规定", "试行", "暂行", "修改", "补充"]
                .iter()
                .any(|word| text.contains(word))
    };
    !names_place(a) && !names_place(b) && !tells(own) && !tells(other)
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
