//! The canonical form of a citation: 《社会保险法》第九十二条、第九十三条. Printing and then parsing it gives the same.

use std::fmt;

use super::provision::{Lead, Reach, UNKNOWN, scan_divisions, scan_provisions};
use super::title::statute_key;
use super::{Division, Mention, ProvisionPath};

/// A statute with the places in it that are cited, in their one spelling.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Canonical {
    /// As [`statute_key`] writes it.
    pub statute: String,
    /// 编, 章 and 节, outermost first.
    pub divisions: Vec<Division>,
    /// In the order cited, none left out of lists and ranges.
    pub provisions: Vec<ProvisionPath>,
}

impl Canonical {
    /// The citation of `provisions` of a statute.
    pub fn new(statute: &str, provisions: Vec<ProvisionPath>) -> Canonical {
        Canonical { statute: statute_key(statute), divisions: Vec::new(), provisions }
    }
}

impl fmt::Display for Canonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》", self.statute)?;
        for division in &self.divisions {
            write!(f, "{division}")?;
        }
        for (index, provision) in self.provisions.iter().enumerate() {
            let separator = if index == 0 { "" } else { "、" };
            write!(f, "{separator}{provision}")?;
        }
        Ok(())
    }
}

impl Mention {
    /// The citation in its one spelling, or `None` where the statute is not known.
    pub fn canonical(&self) -> Option<String> {
        let statute = self.statute.clone()?;
        let provisions = self.provisions.iter().map(|provision| provision.path).collect();
        Some(Canonical { statute, divisions: self.divisions.clone(), provisions }.to_string())
    }
}

/// Reads what [`Canonical`] prints, and nothing else: `None` for every other spelling.
///
/// # Example
///
/// ```
/// # use lawcite_core::citation::parse_canonical;
/// let citation = parse_canonical("《社会保险法》第九十二条").unwrap();
/// assert_eq!((citation.statute.as_str(), citation.provisions[0].article), ("社会保险法", 92));
/// assert_eq!(parse_canonical("《社会保险法》第92条"), None);
/// ```
pub fn parse_canonical(text: &str) -> Option<Canonical> {
    let (statute, places) = text.strip_prefix('《')?.rsplit_once('》')?;
    let (divisions, at) = scan_divisions(places, 0);
    let mut provisions = Vec::new();
    let mut rest = &places[at..];
    while !rest.is_empty() {
        // One place at a time: 第九条、第（三）项 would lend the item its article, which the canonical form never leaves out.
        let (one, others) = rest.split_once('、').unwrap_or((rest, ""));
        let found = scan_provisions(one, 0, Lead::Required, UNKNOWN, Reach::Articles, &mut 0)?;
        let [provision] = found.list[..] else { return None };
        provisions.push(provision.path);
        rest = others;
    }
    let canonical = Canonical { statute: statute.to_owned(), divisions, provisions };
    (canonical.to_string() == text && statute_key(statute) == statute).then_some(canonical)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{DivisionLevel, NameIndex, find_mentions};
    use proptest::prelude::*;

    #[test]
    fn mentions_have_one_spelling() {
        for (text, canonical) in [
            ("《中华人民共和国社会保险法》（2010年10月通过）第92条", "《社会保险法》第九十二条"),
            ("《社会保险法》第五十四、五十五条", "《社会保险法》第五十四条、第五十五条"),
            ("《刑法》第120条之一第2款第三项", "《刑法》第一百二十条之一第二款第（三）项"),
            ("《劳动法》第九条第（一）至（三）项", "《劳动法》第九条第（一）项、第九条第（二）项、第九条第（三）项"),
            ("《实施<社会保险法>若干规定》", "《实施〈社会保险法〉若干规定》"),
            ("《民法典》第3编第二章", "《民法典》第三编第二章"),
        ] {
            let mentions = find_mentions(text, &NameIndex::empty());
            assert_eq!(mentions[0].canonical().as_deref(), Some(canonical));
            assert!(parse_canonical(canonical).is_some(), "{canonical}");
        }
        assert_eq!(find_mentions("前款", &NameIndex::empty())[0].canonical(), None);
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in [
            "《劳动法》第九条、第（三）项",
            "《劳动法》第9条",
            "《中华人民共和国劳动法》",
            "劳动法",
            "《劳动法》 第九条",
            "《劳动法》第九条、",
            "",
        ] {
            assert_eq!(parse_canonical(text), None, "{text}");
        }
    }

    #[test]
    fn every_numeral_survives_printing_at_every_level() {
        for number in 1..10_000 {
            let some = Some(number);
            let path = ProvisionPath { article: number, suffix: some, paragraph: some, item: some, subitem: some };
            let levels = [DivisionLevel::Part, DivisionLevel::Subpart, DivisionLevel::Chapter, DivisionLevel::Section];
            let divisions = levels.map(|level| Division { level, number }).to_vec();
            let provisions = vec![ProvisionPath::article(number), path];
            let citation = Canonical { statute: "民法典".to_owned(), divisions, provisions };
            let printed = citation.to_string();
            // What is printed is a citation as any other, and means the same in running text.
            let found = find_mentions(&printed, &NameIndex::empty());
            assert_eq!(found[0].canonical().as_deref(), Some(printed.as_str()));
            assert_eq!(parse_canonical(&printed), Some(citation));
        }
    }

    #[test]
    fn every_nesting_survives_printing() {
        let mut title = "劳动法".to_owned();
        for depth in 0..40 {
            for statute in [title.clone(), format!("{title}和{title}"), format!("关于{title}（{depth}）的〈{title}〉")]
            {
                let citation = Canonical::new(&statute, vec![ProvisionPath::article(1)]);
                assert_eq!(parse_canonical(&citation.to_string()), Some(citation), "{statute}");
            }
            let [open, close] = [["〈", "〉"], ["《", "》"], ["<", ">"]][depth % 3];
            title = format!("修改{open}{title}{close}的决定");
        }
    }

    fn number() -> impl Strategy<Value = u16> {
        1_u16..10_000
    }

    fn provision() -> impl Strategy<Value = ProvisionPath> {
        let below = || proptest::option::of(number());
        (number(), below(), below(), below(), below()).prop_map(|(article, suffix, paragraph, item, subitem)| {
            ProvisionPath { article, suffix, paragraph, item, subitem }
        })
    }

    fn division() -> impl Strategy<Value = Division> {
        let level = prop_oneof![
            Just(DivisionLevel::Part),
            Just(DivisionLevel::Subpart),
            Just(DivisionLevel::Chapter),
            Just(DivisionLevel::Section)
        ];
        (level, number()).prop_map(|(level, number)| Division { level, number })
    }

    fn citation() -> impl Strategy<Value = Canonical> {
        let statute = prop_oneof!["\\PC{0,12}", "[〈〉《》<>（）法条例第一、]{0,12}"];
        (statute, proptest::collection::vec(division(), 0..3), proptest::collection::vec(provision(), 0..4)).prop_map(
            |(statute, divisions, provisions)| Canonical { statute: statute_key(&statute), divisions, provisions },
        )
    }

    proptest! {
        #[test]
        fn printing_and_parsing_are_inverse(citation in citation()) {
            prop_assume!(statute_key(&citation.statute) == citation.statute);
            prop_assert_eq!(parse_canonical(&citation.to_string()), Some(citation));
        }

        #[test]
        fn parsing_takes_any_text(text in "[《》第一二条款项、之（）\\PC]{0,24}") {
            if let Some(citation) = parse_canonical(&text) {
                prop_assert_eq!(citation.to_string(), text);
            }
        }
    }
}
