//! `GET /suggest` without HTTP.

use lawcite_core::index::{self, Index, IndexError, SuggestionKind};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::schema;

/// What was typed so far.
#[derive(Clone, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SuggestRequest {
    /// The beginning or a part of a name, in Chinese or by sound; a statute's name and the beginning of an article's number.
    #[param(min_length = 1, max_length = 1000, example = "shbxf")]
    pub q: String,
    /// How many suggestions are returned at most.
    #[param(required = false, minimum = 1, maximum = 100, default = 8)]
    pub limit: usize,
}

impl SuggestRequest {
    /// The most characters that `q` may have.
    pub const LONGEST: usize = 1000;
    /// The most suggestions that one answer may have.
    pub const MOST: usize = 100;
    /// How many it has where nothing else is asked for.
    pub const DEFAULT_LIMIT: usize = 8;
}

/// Names for what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestions {
    /// Best first.
    pub suggestions: Vec<Suggestion>,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// What to search for.
    pub text: String,
    /// What it is.
    #[schema(schema_with = schema::suggestion_kind)]
    pub kind: SuggestionKind,
    /// The statute, the duty or the article; null for a term.
    pub id: Option<String>,
    /// The name by which it was found, folded: 社保法, `shbxf`.
    pub matched: String,
}

/// Names for what was typed so far.
///
/// # Errors
///
/// If the index cannot be read.
pub fn suggest(index: &Index, request: &SuggestRequest) -> Result<Suggestions, IndexError> {
    let suggestion = |found: index::Suggestion| Suggestion {
        text: found.text,
        kind: found.kind,
        id: found.id,
        matched: found.matched,
    };
    let found = index.suggest(&request.q, request.limit)?;
    Ok(Suggestions { suggestions: found.into_iter().map(suggestion).collect() })
}
