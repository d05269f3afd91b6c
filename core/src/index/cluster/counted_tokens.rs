//! The tokens of a unit in each field, counted: what the cluster counts, of one unit, here.

use std::collections::HashMap;

use super::schema::TextField;
use crate::analyzer::{LegalAnalyzer, bigrams, characters};
use crate::index::entry::Entry;
use crate::text::Folded;
use crate::unit::Unit;

/// How often each token stands in each field of a unit.
pub(super) struct CountedTokens {
    tokens: Vec<HashMap<String, u32>>,
    /// How many there are in each field.
    lengths: [u32; 5],
}

impl CountedTokens {
    /// Of a unit with its entry. Words are counted only where `with_words` says so: cutting a text costs most.
    pub(super) fn of(analyzer: &LegalAnalyzer, unit: &Unit, entry: &Entry<'_>, with_words: bool) -> CountedTokens {
        let mut counted = CountedTokens { tokens: vec![HashMap::new(); 5], lengths: [0; 5] };
        let folded = Folded::new(&unit.passage.text);
        if with_words {
            analyzer.each_word(&folded, &mut |word| counted.add(TextField::Words, word));
        }
        bigrams(&folded).for_each(|gram| counted.add(TextField::Bigrams, gram.text));
        characters(&folded).for_each(|gram| counted.add(TextField::Characters, gram.text));
        if let Some(heading) = entry.heading {
            bigrams(&Folded::new(heading)).for_each(|gram| counted.add(TextField::Heading, gram.text));
        }
        for title in &entry.context {
            bigrams(&Folded::new(title)).for_each(|gram| counted.add(TextField::Context, gram.text));
        }
        counted
    }

    fn add(&mut self, field: TextField, token: &str) {
        self.lengths[field.number()] += 1;
        let tokens = &mut self.tokens[field.number()];
        match tokens.get_mut(token) {
            Some(count) => *count += 1,
            None => {
                tokens.insert(token.to_owned(), 1);
            }
        }
    }

    /// How often a token stands in a field.
    pub(super) fn frequency(&self, field: TextField, token: &str) -> u32 {
        self.tokens[field.number()].get(token).copied().unwrap_or(0)
    }

    /// How many tokens a field has.
    pub(super) fn length(&self, field: TextField) -> u32 {
        self.lengths[field.number()]
    }
}
