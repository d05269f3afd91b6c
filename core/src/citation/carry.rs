//! Carrying over: which statute 第九十三条 and 本法 mean.
//!
//! A list names a statute and goes on with its articles: 《社会保险法》第九十二条：…。第九十三条：…. Words quoted from one
//! may name others in between, so two statutes are kept: the one whose articles the entry lists, and the one named last.
//! An article at the head of a sentence belongs to the first, one in mid-sentence to the second.

use super::layout::own_heading;
use super::provision::UNKNOWN;
use super::reference::is_own_name_of;
use super::{Context, ProvisionPath};

/// Kinds of statutes that a sentence names one by; 办法 is no 法.
const KINDS: [&str; 9] = ["条例", "规定", "办法", "细则", "规则", "解释", "决定", "意见", "法"];

#[derive(Clone, Debug)]
pub(super) struct Carry {
    this_statute: Option<String>,
    /// The name that the text's first line gives it. It says what 本规定 means, and no more: unlike the caller, it does not
    /// tell headings of articles from citations.
    heading: Option<String>,
    /// The statute whose articles are being listed.
    listed: Option<String>,
    /// The statute named last: `Some(None)` after a 本法 that is not known.
    last: Option<Option<String>>,
    /// The place of the listed statute whose words are being given.
    place: ProvisionPath,
    /// The statute named last of each kind: which one 该条例第三条 and 依照条例第三条 mean.
    by_kind: Vec<(&'static str, String)>,
    quoted: bool,
    /// How many parentheses are open, and the statute that was the last before the first of them.
    parentheses: usize,
    outside: Option<Option<Option<String>>>,
    /// How many headings of articles were met. A statute's own text has them, and they cite nothing.
    headings: usize,
}

impl Carry {
    pub(super) fn new(text: &str, context: &Context<'_>) -> Carry {
        Carry {
            this_statute: context.this_statute.map(super::statute_key),
            heading: own_heading(text).map(super::statute_key),
            listed: context.carry.map(super::statute_key),
            last: None,
            place: UNKNOWN,
            by_kind: Vec::new(),
            quoted: false,
            parentheses: 0,
            outside: None,
            headings: 0,
        }
    }

    /// A statute was named; `lists` says that the entry is about it.
    pub(super) fn name(&mut self, statute: &str, lists: bool, place: Option<ProvisionPath>) {
        self.set_last(Some(statute.to_owned()));
        if let Some(kind) = KINDS.into_iter().find(|kind| is_own_name_of(kind, statute)) {
            match self.by_kind.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, last)) => statute.clone_into(last),
                None => self.by_kind.push((kind, statute.to_owned())),
            }
        }
        if lists {
            self.listed = Some(statute.to_owned());
            self.place = place.unwrap_or(UNKNOWN);
            self.quoted = false;
            self.leave_parentheses();
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
        self.set_last(statute.map(str::to_owned));
    }

    fn set_last(&mut self, statute: Option<String>) {
        let before = self.last.replace(statute);
        if self.parentheses > 0 && self.outside.is_none() {
            self.outside = Some(before);
        }
    }

    pub(super) fn open_parenthesis(&mut self) {
        self.parentheses += 1;
    }

    /// What a parenthesis named in passing is not carried out of it: 第168条（《修正案》第2条），第169条.
    pub(super) fn close_parenthesis(&mut self) {
        self.parentheses = self.parentheses.saturating_sub(1);
        if self.parentheses == 0
            && let Some(outside) = self.outside.take()
        {
            self.last = outside;
        }
    }

    fn leave_parentheses(&mut self) {
        self.parentheses = 0;
        self.outside = None;
    }

    /// An article of the listed statute was named at the head of a sentence.
    pub(super) fn list(&mut self, place: ProvisionPath) {
        self.place = place;
        self.last = None;
        self.leave_parentheses();
    }

    /// A heading of the statute whose own text this is.
    pub(super) fn head(&mut self, place: ProvisionPath) {
        self.headings += 1;
        self.listed = None;
        self.last = None;
        self.place = place;
        self.leave_parentheses();
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

    pub(super) fn knows_own_statute(&self) -> bool {
        self.this_statute.is_some()
    }

    pub(super) fn is_own_text(&self) -> bool {
        self.headings > 0 || self.this_statute.is_some()
    }

    /// Whether the text is not listing the articles of a statute that it named.
    pub(super) fn lists_nothing(&self) -> bool {
        self.listed.is_none()
    }

    /// The statute named last whose kind is the word that `before` ends in: 条例 in 依照条例第三条.
    pub(super) fn of_kind(&self, before: &str) -> Option<&str> {
        let kind = KINDS.into_iter().find(|kind| before.ends_with(kind))?;
        let points = kind != "法" || ["该法", "同法"].iter().any(|word| before.ends_with(word));
        let (_, statute) = self.by_kind.iter().find(|(known, _)| *known == kind).filter(|_| points)?;
        Some(statute)
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
        let stated = if self.is_own_text() { &self.this_statute } else { &self.listed };
        let called = |statute: &&str| is_own_name_of(own_name, statute);
        match stated.as_deref() {
            Some(statute) if self.is_own_text() => Some(statute),
            stated => stated.filter(called).or(self.heading.as_deref().filter(called)),
        }
    }
}
