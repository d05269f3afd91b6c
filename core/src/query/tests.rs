//! Understanding over a small vocabulary: what is looked for, for what was typed.

use std::sync::Arc;

use super::{Interpretation, Sought, StatuteName, UnderstandOptions, Vocabulary, understand};
use crate::analyzer::LegalAnalyzer;
use crate::lexicon::{Lexicon, LexiconFiles};
use crate::text::Folded;

/// An index that has these words and no others.
struct Words {
    analyzer: Arc<LegalAnalyzer>,
    lexicon: Lexicon,
    words: &'static [&'static str],
}

impl Vocabulary for Words {
    fn analyzer(&self) -> &LegalAnalyzer {
        &self.analyzer
    }

    fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn statutes_in(&self, _: &Folded) -> Vec<StatuteName> {
        Vec::new()
    }

    fn occurs(&self, letters: &str) -> bool {
        self.words.iter().any(|word| word.contains(letters))
    }

    fn sounding_like(&self, syllables: &str) -> Vec<String> {
        if syllables == "chuangye" { vec!["创业".to_owned()] } else { Vec::new() }
    }

    /// One letter off at the end is enough here.
    fn similar(&self, word: &str, only_by_sound: bool) -> Vec<String> {
        let stem: String = word.chars().take(word.chars().count() - 1).collect();
        let near = self.words.iter().filter(|known| known.starts_with(&stem) && !only_by_sound);
        near.map(|&known| known.to_owned()).collect()
    }
}

fn vocabulary() -> Words {
    let files = LexiconFiles::default()
        .with("aliases.tsv", "账簿\t帐簿\n欠薪\t拖欠工资\n")
        .with("lay.tsv", "案子\t案件\n砸\t毁坏\n")
        .with("english.tsv", "leak\t泄露|透露\nsocial insurance\t社会保险\nstartup\t创业\nannual leave\t年休假\n")
        .with(LexiconFiles::DICTIONARY, "leak\t漏水\ncredit hour\t学分\nwhat on earth\t究竟\n");
    let (lexicon, _) = Lexicon::parse(&files);
    let analyzer = LegalAnalyzer::shared("").expect("no dictionary");
    let words = &["泄露", "社会保险", "创业", "学分", "会计帐簿", "工资", "案件", "公务员法", "究竟"];
    Words { analyzer, lexicon, words }
}

/// `typed → sought|sought; …`
fn shown(interpretation: &Interpretation) -> String {
    let concept = |concept: &super::Concept| {
        let sought = concept.alternatives.iter().map(|alternative| match &alternative.sought {
            Sought::Letters(letters) => letters.clone(),
            Sought::Number(number) => number.clone(),
            Sought::Place(place) => place.canonical.clone(),
        });
        format!("{} → {}", concept.from, sought.collect::<Vec<_>>().join("|"))
    };
    interpretation.concepts.iter().map(concept).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_query_is_widened_as_its_words_allow() {
    const CASES: &[(&str, &str, &str)] = &[
        // (what the row shows, query, concepts)
        ("the glossary before the dictionary", "leaking", "leaking → 泄露|透露"),
        ("a phrase of the dictionary, inflected", "credit hours", "credit hours → 学分"),
        ("a compound written in two words", "start-up", "start up → 创业"),
        ("what only asks is not looked for", "how can it happen", ""),
        ("nor is a turn of speech", "what on earth", "earth → earth"),
        ("each part in its own language", "who leaks 社会保险", "leaks → 泄露|透露; 社会保险 → 社会保险"),
        ("pinyin", "chuangye", "chuangye → 创业"),
        ("the head of a term that no unit has", "欠薪", "欠薪 → 欠薪|拖欠工资|工资"),
        ("a look-alike, and what the lexicon has for the word meant", "账薄", "账薄 → 账簿|帐簿"),
        ("a particle behind a word is no slip", "公务员对案子", "公务员 → 公务员; 案子 → 案子|案件"),
        ("letters in a row, up to one that the lexicon knows", "去砸车窗", "去 → 去; 砸 → 砸|毁坏; 车窗 → 车窗"),
        ("an order by its number", "Order No. 364", "order → order; 第364号 → 第364号"),
    ];
    for (name, query, expected) in CASES {
        let interpretation = understand(query, &vocabulary(), &UnderstandOptions::default()).expect("a query");
        assert_eq!(shown(&interpretation), *expected, "{name}");
    }
}

#[test]
fn each_step_can_be_taken_back() {
    let without = |terms: &[&str]| UnderstandOptions {
        without_terms: terms.iter().map(|&term| term.to_owned()).collect(),
        ..UnderstandOptions::default()
    };
    for (query, options, expected) in [
        ("leaking", without(&["透露"]), "leaking → 泄露"),
        ("leaking", without(&["泄露", "透露"]), "leaking → leaking"),
        ("案子", without(&["案件"]), "案子 → 案子"),
        ("欠薪", without(&["工资"]), "欠薪 → 欠薪|拖欠工资"),
        ("账薄", without(&["帳簿"]), "账薄 → 账簿"),
        ("leaking 案子", UnderstandOptions { expand: false, ..without(&[]) }, "leaking → leaking; 案子 → 案子"),
    ] {
        let interpretation = understand(query, &vocabulary(), &options).expect("a query");
        assert_eq!(shown(&interpretation), expected, "{query} {options:?}");
    }
}
