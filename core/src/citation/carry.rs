//! Carrying over: which statute 第九十三条 and 本法 mean.
//!
//! A list names a statute and goes on with its articles: 《社会保险法》第九十二条：…。第九十三条：…. Words quoted from one
//! may name others in between, so two statutes are kept: the one whose articles the entry lists, and the one named last.
//! An article at the head of a sentence belongs to the first, one in mid-sentence to the second.

use super::provision::UNKNOWN;
use super::reference::is_own_name_of;
use super::{Context, ProvisionPath};

#[derive(Clone, Debug)]
pub(super) struct Carry {
    this_statute: Option<String>,
    /// The statute whose articles are being listed.
    listed: Option<String>,
    /// The statute named last: `Some(None)` after a 本法 that is not known.
    last: Option<Option<String>>,
    /// The place of the listed statute whose words are being given.
    place: ProvisionPath,
    quoted: bool,
    /// How many headings of articles were met. A statute's own text has them, and they cite nothing.
    headings: usize,
}

impl Carry {
    pub(super) fn new(context: &Context<'_>) -> Carry {
        Carry {
            this_statute: context.this_statute.map(super::statute_key),
            listed: context.carry.map(super::statute_key),
            last: None,
            place: UNKNOWN,
            quoted: false,
            headings: 0,
        }
    }

    /// A statute was named; `lists` says that the entry is about it.
    pub(super) fn name(&mut self, statute: &str, lists: bool, place: Option<ProvisionPath>) {
        self.last = Some(Some(statute.to_owned()));
        if lists {
            self.listed = Some(statute.to_owned());
            self.place = place.unwrap_or(UNKNOWN);
            self.quoted = false;
        }
    }

    /// An entry gives a provision of a named statute at the head of a line. After one line that looked like a heading this
    /// says that the text is a list all the same; after several it does not.
    pub(super) fn begin_list(&mut self) {
        if self.headings == 1 {
            self.headings = 0;
        }
    }

    /// 本法 was named, which is `statute`.
    pub(super) fn own_name(&mut self, statute: Option<&str>) {
        self.last = Some(statute.map(str::to_owned));
    }

    /// An article of the listed statute was named at the head of a sentence.
    pub(super) fn list(&mut self, place: ProvisionPath) {
        self.place = place;
        self.last = None;
    }

    /// A heading of the statute whose own text this is.
    pub(super) fn head(&mut self, place: ProvisionPath) {
        self.headings += 1;
        self.listed = None;
        self.last = None;
        self.place = place;
    }

    pub(super) fn open_quotation(&mut self) {
        self.quoted = true;
    }

    /// What was named inside a quotation is not carried out of it.
    pub(super) fn close_quotation(&mut self) {
        if std::mem::take(&mut self.quoted) && self.listed.is_some() {
            self.last = None;
        }
    }

    pub(super) fn is_quoted(&self) -> bool {
        self.quoted
    }

    pub(super) fn is_own_text(&self) -> bool {
        self.headings > 0 || self.this_statute.is_some()
    }

    /// Whether nothing was named that an article could belong to.
    pub(super) fn is_empty(&self) -> bool {
        self.listed.is_none() && self.last.is_none()
    }

    /// The place that 第三款 at the head of a sentence goes on from.
    pub(super) fn place(&self) -> ProvisionPath {
        self.place
    }

    /// The statute that an article without a name belongs to.
    pub(super) fn statute(&self, heads_sentence: bool) -> Option<&str> {
        let listed = self.listed.as_deref().or(self.this_statute.as_deref());
        match &self.last {
            Some(last) if !heads_sentence || listed.is_none() => last.as_deref(),
            _ => listed,
        }
    }

    /// The statute named last, for 及其实施条例.
    pub(super) fn last(&self) -> Option<&str> {
        self.last.as_ref().and_then(|last| last.as_deref()).or(self.listed.as_deref())
    }

    /// The statute that calls itself `own_name`: the one whose text this is, or the one whose words are being given.
    pub(super) fn statute_called(&self, own_name: &str) -> Option<&str> {
        if self.is_own_text() {
            return self.this_statute.as_deref();
        }
        self.listed.as_deref().filter(|statute| is_own_name_of(own_name, statute))
    }
}
