//! Places in the law that a query names, in either language.

use super::interpretation::{Alternative, CitedPlace, Concept, Origin, Sought};
use super::understand::Vocabulary;
use crate::citation::{ProvisionPath, scan_provision};
use crate::text::{CharClass, Folded, Numeral, Span, scan_numeral};

/// The places in the law that are named: a statute with or without an article, an article alone.
pub(super) fn find_places(free: &str, vocabulary: &impl Vocabulary) -> Vec<(Span, CitedPlace)> {
    let folded = Folded::new(free);
    let names = vocabulary.statutes_in(&folded);
    let mut places = Vec::new();
    let mut at = 0;
    // The end of the last place.
    let mut last = 0;
    let mut names = names.into_iter().peekable();
    while at < folded.text().len() {
        let rest = &folded.text()[at..];
        while names.next_if(|name| name.start < at).is_some() {}
        let name = names.next_if(|name| name.start == at);
        let start = at;
        at = name.as_ref().map_or(at, |name| name.end);
        let after_digit = start > 0 && folded.text()[..start].ends_with(|c: char| c.is_ascii_digit());
        // The promulgation between name and article: 《社会保险法》（2010年10月通过）第九十二条.
        let gap = if name.is_some() { parenthesis(&folded.text()[at..]) } else { 0 };
        let provision = provision_at(&folded.text()[at + gap..], name.is_some() && gap == 0)
            .filter(|_| name.is_some() || !after_digit);
        let end = provision.map_or(at, |(_, len)| at + gap + len);
        if end == start {
            at = start + rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        at = end;
        let mut start = start;
        let mut statute = name.map(|name| name.name);
        if let (None, Some(_)) = (&statute, provision)
            && let Some((begin, name)) = former_name(&folded.text()[last..start], vocabulary)
        {
            (start, statute) = (last + begin, Some(name));
        }
        let article = provision.map(|(path, _)| path);
        let canonical = statute.as_ref().map_or(String::new(), |name| format!("《{name}》"))
            + &article.map_or(String::new(), |path| path.to_string());
        let place = CitedPlace { statute, article: article.map(|path| path.article_key()), path: article, canonical };
        last = end;
        places.push((folded.original(start, end), place));
    }
    places
}

/// The statute that `text` ends with, if it is no law any more or called otherwise by now, and where its name begins. No text of
/// it need be there; that it is meant is only certain where the name stands by itself.
fn former_name(text: &str, vocabulary: &impl Vocabulary) -> Option<(usize, String)> {
    let bare = text.trim_end_matches(['》', '〉', '>', ' ']);
    let is_letter = |c: char| CharClass::of(c) == CharClass::Letter;
    let begin = bare.rfind(|c| !is_letter(c)).map_or(0, |at| at + bare[at..].chars().next().map_or(0, char::len_utf8));
    let name = &bare[begin..];
    let name = name.strip_prefix("中华人民共和国").unwrap_or(name);
    vocabulary.lexicon().succession().get(name)?;
    Some((bare[..begin].trim_end_matches(['《', '〈', '<']).len(), name.to_owned()))
}

/// The length in bytes of the parenthesis that a folded text begins with, 0 if it begins with none.
fn parenthesis(text: &str) -> usize {
    if text.starts_with('(') { text.find(')').map_or(0, |close| close + 1) } else { 0 }
}

/// Gives an article that stands alone the statute whose English name stands next to it: Social Insurance Law article 92,
/// article 92 of the Social Insurance Law. Returns the place.
pub(super) fn join_english_names(concepts: &mut Vec<Concept>, vocabulary: &impl Vocabulary) -> Option<CitedPlace> {
    let statute_of = |concept: &Concept| {
        concept.alternatives.iter().find_map(|alternative| match &alternative.sought {
            Sought::Letters(letters) if alternative.origin == Origin::English => {
                let folded = Folded::new(letters);
                let mut names = vocabulary.statutes_in(&folded).into_iter();
                names.next().filter(|name| name.end - name.start == letters.len()).map(|name| name.name)
            }
            _ => None,
        })
    };
    let alone = |concept: &Concept| match concept.alternatives.first().map(|alternative| &alternative.sought) {
        Some(Sought::Place(place @ CitedPlace { statute: None, article: Some(_), .. })) => Some(place.clone()),
        _ => None,
    };
    let (at, article) = concepts.iter().enumerate().find_map(|(at, concept)| Some((at, alone(concept)?)))?;
    let neighbours = [at.checked_sub(1), Some(at + 1)];
    let (name_at, statute) = neighbours
        .into_iter()
        .flatten()
        .find_map(|neighbour| Some((neighbour, statute_of(concepts.get(neighbour)?)?)))?;
    let canonical = format!("《{statute}》{}", article.canonical);
    let place = CitedPlace { canonical, statute: Some(statute), ..article };
    let from = format!("{} {}", concepts[at.min(name_at)].from, concepts[at.max(name_at)].from);
    concepts[at.min(name_at)] = place_concept(&from, &place);
    concepts.remove(at.max(name_at));
    Some(place)
}

pub(super) fn place_concept(from: &str, place: &CitedPlace) -> Concept {
    let sought = Sought::Place(place.clone());
    let mut alternatives = vec![Alternative { sought, origin: Origin::Typed, weight: 1.0 }];
    if let (Some(statute), Some(_)) = (&place.statute, &place.article) {
        let canonical = format!("《{statute}》");
        let whole = CitedPlace { canonical, statute: Some(statute.clone()), ..CitedPlace::default() };
        alternatives.push(Alternative { sought: Sought::Place(whole), origin: Origin::Typed, weight: 0.3 });
    }
    Concept { from: from.to_owned(), weight: 1.0, alternatives }
}

/// An article that `text` begins with: 第九十二条, 第92条, 92条; behind a statute's name also 九十二条, or 92 or 九十二 alone.
fn provision_at(text: &str, behind_name: bool) -> Option<(ProvisionPath, usize)> {
    const ORDINAL: char = '第';
    let first = text.chars().next()?;
    let counts_articles = |numeral: Numeral| text[numeral.len..].starts_with('条');
    if behind_name && first != ORDINAL && scan_numeral(text).is_some_and(counts_articles) {
        let (path, len) = scan_provision(&format!("{ORDINAL}{text}"))?;
        return Some((path, len - ORDINAL.len_utf8()));
    }
    if first != ORDINAL && !first.is_ascii_digit() && !behind_name {
        return None;
    }
    if let Some(provision) = scan_provision(text) {
        return Some(provision);
    }
    let numeral = scan_numeral(text).filter(|_| behind_name)?;
    // 一 alone is more often a word's than a number's.
    if !first.is_ascii_digit() && text[..numeral.len].chars().count() < 2 {
        return None;
    }
    let ends = text[numeral.len..].chars().next().is_none_or(|c| CharClass::of(c) != CharClass::Letter);
    let article = u16::try_from(numeral.value).ok().filter(|&article| ends && (1..10_000).contains(&article))?;
    Some((ProvisionPath::article(article), numeral.len))
}

/// `article 92`, `§ 92` and `art. 93` as 第92条 and 第93条, `No. 364` as 第364号.
pub(super) fn with_chinese_numbers(text: &str) -> String {
    let mut rewritten = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at_word = !rewritten.ends_with(|c: char| c.is_ascii_alphanumeric());
        if let Some((number, counted, len)) = english_number(rest).filter(|_| at_word) {
            rewritten.push_str(&format!("第{number}{counted}"));
            rest = &rest[len..];
        } else {
            rewritten.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    rewritten
}

/// The number that `text` begins with, of an article or an order, what counts it in Chinese, and its length in bytes.
fn english_number(text: &str) -> Option<(u32, char, usize)> {
    let words = [
        ("articles", '条'),
        ("article", '条'),
        ("arts", '条'),
        ("art", '条'),
        ("nos.", '号'),
        ("no.", '号'),
        ("№", '号'),
        ("§§", '条'),
        ("§", '条'),
    ];
    let (word, counted) = words
        .into_iter()
        .find(|(word, _)| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))?;
    let after = &text[word.len()..];
    let number = after.trim_start_matches(['.', ' ']);
    let numeral = scan_numeral(number).filter(|_| number.starts_with(|c: char| c.is_ascii_digit()))?;
    Some((numeral.value, counted, text.len() - number.len() + numeral.len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_numbers_are_written_as_statutes_do() {
        for (query, rewritten) in [
            ("Social Insurance Law article 92", "Social Insurance Law 第92条"),
            ("社会保险法 Art. 93", "社会保险法 第93条"),
            ("State Council Order No. 364", "State Council Order 第364号"),
            ("招标投标法实施条例§67", "招标投标法实施条例第67条"),
            ("no 5 days, casino.12", "no 5 days, casino.12"),
            ("start 5 articles", "start 5 articles"),
            ("smart 92", "smart 92"),
        ] {
            assert_eq!(with_chinese_numbers(query), rewritten);
        }
    }

    #[test]
    fn a_bare_number_is_an_article_only_behind_a_name() {
        let article = |text, behind_name| provision_at(text, behind_name).map(|(path, _)| path.article_key());
        assert_eq!(article("95", true).as_deref(), Some("95"));
        assert_eq!(article("95", false), None);
        assert_eq!(article("95号文", true), None);
        assert_eq!(article("九十二", true).as_deref(), Some("92"));
        assert_eq!(article("一千零七十九", true).as_deref(), Some("1079"));
        assert_eq!(article("一", true), None);
        assert_eq!(article("九十二", false), None);
        assert_eq!(article("四十三条第二款", true).as_deref(), Some("43"));
        assert_eq!(article("四十三条", false), None, "共四十三条");
        assert_eq!(article("12333", true), None, "no statute has so many articles");
        assert_eq!(article("第一百二十条之一", false).as_deref(), Some("120-1"));
    }
}
