//! Where a concept is found.

/// Where a concept was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) enum FoundIn {
    /// The unit's own text.
    Text,
    /// The name of the statute that it is of.
    Name,
    /// The titles above it.
    Titles,
    /// The text, but only most of it.
    Part,
}

impl FoundIn {
    pub(in crate::index) const ALL: [FoundIn; 4] = [FoundIn::Text, FoundIn::Name, FoundIn::Titles, FoundIn::Part];

    /// What explanations call it.
    pub(in crate::index) fn field(self) -> &'static str {
        match self {
            FoundIn::Text | FoundIn::Part => "text",
            FoundIn::Name => "statute",
            FoundIn::Titles => "titles",
        }
    }
}
