//! A mention of a statute as the API gives it.

use lawcite_core::citation::resolve::{self, CitingContext, Outcome, Status, Verdict};
use lawcite_core::citation::{
    Context, Mention, MentionKind, NameIndex, ProvisionPath, WireMention, WirePlace, find_mentions_in,
};
use lawcite_core::index::{Index, IndexError};
use lawcite_core::responsibility::{Field, FieldWords};
use lawcite_core::text::Span;
use lawcite_core::unit::{Detail, Unit};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::Promulgation;
use super::resolve::resolved;
use super::schema;
use super::shared::document_of;

/// A citation found in a text.
///
/// Positions count characters of the text (code points) and, for JavaScript, UTF-16 units; the end is exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Citation {
    /// The first character.
    pub start: usize,
    /// The character after the last one.
    pub end: usize,
    /// The first UTF-16 unit.
    pub utf16_start: usize,
    /// The UTF-16 unit after the last one.
    pub utf16_end: usize,
    /// Its words.
    pub text: String,
    /// How it cites.
    #[schema(schema_with = schema::mention_kind)]
    pub kind: MentionKind,
    /// The statute meant, null where the text does not tell.
    pub statute: Option<String>,
    /// An order or document number.
    pub number: Option<String>,
    /// What the parenthesis says.
    pub promulgation: Option<Promulgation>,
    /// The places cited.
    pub provisions: Vec<ProvisionPlace>,
    /// Its one spelling.
    pub canonical: Option<String>,
    /// What it means, null where there is nothing to look it up in.
    pub resolution: Option<Resolution>,
}

/// A place in a statute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProvisionPlace {
    /// 条; null for a part of an article that the text does not name, as in 前款第（一）项.
    pub article: Option<u16>,
    /// 之一.
    pub suffix: Option<u16>,
    /// 款.
    pub paragraph: Option<u16>,
    /// 项.
    pub item: Option<u16>,
    /// 目.
    pub subitem: Option<u16>,
}

/// What a citation means in the statutes that are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Resolution {
    /// How the search for it ended: `other-version` if the version cited is not there and another one is, `unresolved` if
    /// there is nothing to look up, as 前款 out of context.
    #[schema(schema_with = schema::outcome)]
    pub outcome: Outcome,
    /// The articles found, or the statute where no article is cited.
    pub ids: Vec<String>,
    /// Whether the statute is in force.
    #[schema(schema_with = schema::statute_status)]
    pub status: Status,
    /// How the quoted words compare with the article, null where nothing is quoted.
    pub quotation: Option<Quotation>,
    /// What stands in the place of a statute that is repealed or renamed; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<Successor>,
}

/// How a quotation compares with the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Quotation {
    /// What the comparison says.
    #[schema(schema_with = schema::verdict)]
    pub verdict: Verdict,
    /// The article that has the words now.
    pub moved_to: Option<String>,
}

/// What stands in the place of a statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Successor {
    /// The statute's name, null where no single one took its place.
    pub name: Option<String>,
    /// Since when, if known.
    pub date: Option<String>,
}

impl From<resolve::Resolution> for Resolution {
    fn from(resolution: resolve::Resolution) -> Resolution {
        let resolve::Resolution { outcome, ids, status, quotation, successor } = resolution;
        Resolution {
            outcome,
            ids,
            status,
            quotation: quotation.map(|resolve::Quotation { verdict, moved_to }| Quotation { verdict, moved_to }),
            successor: successor.map(Successor::from),
        }
    }
}

impl From<resolve::Successor> for Successor {
    fn from(resolve::Successor { name, date }: resolve::Successor) -> Successor {
        Successor { name, date }
    }
}

/// The citations in a unit's own text, resolved. A circumstance cites as its `provision` does: 本规定 in it is the
/// provision's statute.
///
/// A provision's own label cites what the ground it stands under names, in the version named there, and what it quotes are
/// its circumstances.
///
/// # Errors
///
/// If the index cannot be read.
pub fn citations(index: &Index, unit: &Unit, provision: Option<&Unit>) -> Result<Vec<Citation>, IndexError> {
    let document = index.header(document_of(&unit.id));
    let mut context = Context::default();
    let mut citing = CitingContext { as_of: document.and_then(|list| list.date.as_deref()), ..Default::default() };
    let citing_unit = provision.unwrap_or(unit);
    match &citing_unit.detail {
        Detail::Provision { statute, .. } => context.carry = Some(statute),
        Detail::Article { statute, .. } | Detail::StatuteParagraph { statute, .. } => {
            context.this_statute = Some(statute);
            citing.this_statute = document.map(|statute| statute.id.as_str());
        }
        Detail::Cell { carried, .. } => context.carry = carried.as_deref(),
        _ => {}
    }
    let text = &unit.passage.text;
    let resolver = index.resolver();
    if let Detail::Row { fields, .. } = &unit.detail {
        return resolved(text, &mentions_of_row(text, fields), &resolver, &citing);
    }
    let mentions = find_mentions_in(text, &NameIndex::empty(), &context);
    let mut citations = resolved(text, &mentions, &resolver, &citing)?;
    if let Detail::Provision { .. } = &unit.detail
        && let Some(own) = citations.first_mut().filter(|own| own.start == 0 && own.kind == MentionKind::Carried)
    {
        own.resolution = resolver.provision(unit)?.map(Resolution::from);
    }
    Ok(citations)
}

/// The citations in a row's own text: each line goes on with the statute of its own cell.
fn mentions_of_row(text: &str, fields: &[Field]) -> Vec<Mention> {
    let mut lines: Vec<(Span, Option<&str>)> = Vec::new();
    for line in fields.iter().flat_map(|field| &field.lines) {
        if let FieldWords::Own(span) = line.words {
            lines.push((span, line.carried.as_deref()));
        }
    }
    lines.sort_by_key(|(span, _)| *span);
    let mut mentions = Vec::new();
    for (span, carry) in lines {
        let context = Context { carry, ..Context::default() };
        let found = find_mentions_in(span.slice(text), &NameIndex::empty(), &context);
        mentions.extend(found.into_iter().map(|mention| mention.moved(span.start)));
    }
    mentions
}

impl From<WireMention> for Citation {
    fn from(mention: WireMention) -> Citation {
        Citation {
            start: mention.start,
            end: mention.end,
            utf16_start: mention.utf16_start,
            utf16_end: mention.utf16_end,
            text: mention.text,
            kind: mention.kind,
            statute: mention.statute,
            number: mention.number,
            promulgation: mention.promulgation.map(Promulgation::from),
            provisions: mention.provisions.into_iter().map(ProvisionPlace::from).collect(),
            canonical: mention.canonical,
            resolution: mention.resolution.map(Resolution::from),
        }
    }
}

impl From<ProvisionPath> for ProvisionPlace {
    fn from(path: ProvisionPath) -> ProvisionPlace {
        let ProvisionPath { article, suffix, paragraph, item, subitem } = path;
        ProvisionPlace { article: Some(article), suffix, paragraph, item, subitem }
    }
}

impl From<WirePlace> for ProvisionPlace {
    fn from(place: WirePlace) -> ProvisionPlace {
        let WirePlace { article, suffix, paragraph, item, subitem } = place;
        ProvisionPlace { article, suffix, paragraph, item, subitem }
    }
}
