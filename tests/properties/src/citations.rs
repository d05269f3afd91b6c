use lawcite_core::citation::{
    Mention, NameIndex, WireMention, find_mentions, find_promulgation, parse_canonical, scan_provision,
};
use lawcite_core::text::Span;

/// Mentions of any text are stretches of it, in order and apart; what each says lies in it; its canonical form is read as it is
/// printed; and positions in characters and in UTF-16 are the same places.
pub fn citations(text: &str) {
    for names in [NameIndex::empty(), names()] {
        let mentions = find_mentions(text, &names);
        let mut end = 0;
        for mention in &mentions {
            assert!(mention.span.start >= end && !mention.span.is_empty(), "in order and apart: {mentions:?}");
            end = mention.span.end;
            assert_mention(text, mention);
        }
        let wire = WireMention::all(text, &mentions);
        assert_eq!(wire.len(), mentions.len());
        assert_positions(text, &wire);
    }
    find_promulgation(text);
    scan_provision(text);
    if let Some(citation) = parse_canonical(text) {
        assert_eq!(citation.to_string(), text, "the canonical form is one spelling");
    }
}

fn names() -> NameIndex {
    let names = ["社会保险法", "社保法", "劳动合同法", "甲办法", "条例", "最高人民法院关于适用若干问题的解释"];
    NameIndex::new(names.map(|name| (name, name)))
}

fn assert_mention(text: &str, mention: &Mention) {
    let inside = |span: Span| span.start >= mention.span.start && span.end <= mention.span.end;
    assert!(!mention.text(text).is_empty());
    for span in [mention.title, mention.promulgation_span].into_iter().flatten() {
        assert!(inside(span), "{mention:?}");
        let _ = span.slice(text);
    }
    for provision in &mention.provisions {
        assert!(inside(provision.span) && provision.path.article > 0, "{mention:?}");
        assert!(!provision.span.slice(text).is_empty(), "{mention:?}");
    }
    if let Some(canonical) = mention.canonical() {
        let parsed = parse_canonical(&canonical);
        assert_eq!(parsed.map(|parsed| parsed.to_string()), Some(canonical), "what is printed is read");
    }
}

fn assert_positions(text: &str, wire: &[WireMention]) {
    let characters: Vec<char> = text.chars().collect();
    let utf16: Vec<u16> = text.encode_utf16().collect();
    for mention in wire {
        let by_characters: String = characters[mention.start..mention.end].iter().collect();
        let by_utf16 = String::from_utf16(&utf16[mention.utf16_start..mention.utf16_end]).expect("whole characters");
        assert_eq!((&by_characters, &by_utf16), (&mention.text, &mention.text));
    }
}
