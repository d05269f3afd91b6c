//! The analyzer as tantivy's tokenizers.

use std::cell::RefCell;
use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::analyzer::{Bigrams, Characters, Gram, LegalAnalyzer, bigrams, characters};
use crate::text::Folded;

pub(super) const WORDS: &str = "lawcite-words";
pub(super) const BIGRAMS: &str = "lawcite-bigrams";
pub(super) const CHARACTERS: &str = "lawcite-characters";

pub(super) fn tokenizers(analyzer: Arc<LegalAnalyzer>) -> TokenizerManager {
    let tokenizers = TokenizerManager::default(); // with `raw`, which identifiers need
    tokenizers.register(WORDS, WordTokenizer(analyzer));
    tokenizers.register(BIGRAMS, BigramTokenizer::default());
    tokenizers.register(CHARACTERS, CharacterTokenizer::default());
    tokenizers
}

thread_local! {
    /// The text that this thread folded last: a unit's fields hold the same text, one after the other.
    static LAST: RefCell<(String, Arc<Folded>)> = RefCell::default();
}

fn folded(text: &str) -> Arc<Folded> {
    LAST.with_borrow_mut(|(last, folded)| {
        if last != text {
            *folded = Arc::new(Folded::new(text));
            text.clone_into(last);
        }
        Arc::clone(folded)
    })
}

#[derive(Clone)]
struct WordTokenizer(Arc<LegalAnalyzer>);

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let folded = folded(text);
        let mut stream = WordStream {
            texts: String::with_capacity(2 * folded.text().len()),
            ends: Vec::with_capacity(folded.char_count()),
            next: 0,
            token: Token::default(),
        };
        self.0.each_word(&folded, &mut |word| {
            stream.texts.push_str(word);
            stream.ends.push(stream.texts.len());
        });
        stream
    }
}

/// Words in one string: there are too many of them to have one each.
struct WordStream {
    texts: String,
    ends: Vec<usize>,
    next: usize,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(&end) = self.ends.get(self.next) else { return false };
        let start = if self.next == 0 { 0 } else { self.ends[self.next - 1] };
        self.next += 1;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(&self.texts[start..end]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[derive(Clone, Default)]
struct BigramTokenizer(Arc<Folded>);

impl Tokenizer for BigramTokenizer {
    type TokenStream<'a> = GramStream<Bigrams<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<Bigrams<'a>> {
        self.0 = folded(text);
        GramStream { grams: bigrams(&self.0), token: Token::default() }
    }
}

#[derive(Clone, Default)]
struct CharacterTokenizer(Arc<Folded>);

impl Tokenizer for CharacterTokenizer {
    type TokenStream<'a> = GramStream<Characters<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<Characters<'a>> {
        self.0 = folded(text);
        GramStream { grams: characters(&self.0), token: Token::default() }
    }
}

struct GramStream<G> {
    grams: G,
    token: Token,
}

impl<'a, G: Iterator<Item = Gram<'a>>> TokenStream for GramStream<G> {
    fn advance(&mut self) -> bool {
        let Some(gram) = self.grams.next() else { return false };
        self.token.position = gram.position as usize;
        self.token.text.clear();
        self.token.text.push_str(gram.text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
