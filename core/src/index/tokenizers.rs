//! The analyzer as tantivy's tokenizers.

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::analyzer::{LegalAnalyzer, Word, bigrams, characters};
use crate::text::Folded;

pub(super) const WORDS: &str = "lawcite-words";
pub(super) const BIGRAMS: &str = "lawcite-bigrams";
pub(super) const CHARACTERS: &str = "lawcite-characters";

pub(super) fn tokenizers(analyzer: Arc<LegalAnalyzer>) -> TokenizerManager {
    let tokenizers = TokenizerManager::default(); // with `raw`, which identifiers need
    tokenizers.register(WORDS, Words(analyzer));
    tokenizers.register(BIGRAMS, Grams { single: false });
    tokenizers.register(CHARACTERS, Grams { single: true });
    tokenizers
}

#[derive(Clone)]
struct Words(Arc<LegalAnalyzer>);

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        WordStream { words: self.0.words(&Folded::new(text)).into_iter(), token: Token::default() }
    }
}

struct WordStream {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text = word.text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[derive(Clone)]
struct Grams {
    single: bool,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream {
        let folded = Folded::new(text);
        let place = |gram: crate::analyzer::Gram<'_>| GramPlace {
            start: gram.at,
            end: gram.at + gram.text.len(),
            position: gram.position as usize,
        };
        let places: Vec<_> =
            if self.single { characters(&folded).map(place).collect() } else { bigrams(&folded).map(place).collect() };
        GramStream { folded, places: places.into_iter(), token: Token::default() }
    }
}

struct GramPlace {
    start: usize,
    end: usize,
    position: usize,
}

struct GramStream {
    folded: Folded,
    places: std::vec::IntoIter<GramPlace>,
    token: Token,
}

impl TokenStream for GramStream {
    fn advance(&mut self) -> bool {
        let Some(place) = self.places.next() else { return false };
        self.token.position = place.position;
        self.token.text.clear();
        self.token.text.push_str(&self.folded.text()[place.start..place.end]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
