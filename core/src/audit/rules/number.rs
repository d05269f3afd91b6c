use crate::audit::fault::Rule;
use crate::text::{parse_numeral, scan_numeral};

const OPENING: &[char] = &['〔', '(', '（', '[', '［', '【', '﹝', '〖', '<', '＜', '〈'];
const CLOSING: &[char] = &['〕', ')', '）', ']', '］', '】', '﹞', '〗', '>', '＞', '〉'];

/// What is wrong with a document number without blanks, and the number put right.
///
/// A document number is the office's letters, the year, and the number of the year: 鲁政办发〔2011〕48号. Orders and cases of
/// courts are numbered otherwise.
pub(in crate::audit) fn document_number(number: &str) -> Option<(Vec<Rule>, String)> {
    let open = number.find(OPENING)?;
    let (letters, rest) = number.split_at(open);
    if letters.is_empty() || letters.ends_with('令') || letters.ends_with("公告") || letters.ends_with("通告") {
        return None;
    }
    let opening = rest.chars().next()?;
    let close = rest.find(CLOSING)?;
    let year = rest[opening.len_utf8()..close].trim_end_matches('年');
    let closing = rest[close..].chars().next()?;
    let rest = &rest[close + closing.len_utf8()..];
    let counted = rest.strip_prefix('第').unwrap_or(rest);
    let numeral = scan_numeral(counted)?;
    let (digits, sign) = counted.split_at(numeral.len);
    let full_year = parse_numeral(year).filter(|year| (1949..2100).contains(year));
    let is_short = full_year.is_none() && year.chars().count() == 2;
    if !sign.starts_with('号') || (full_year.is_none() && !is_short) {
        return None;
    }
    let mut broken = Vec::new();
    if (opening, closing) != ('〔', '〕') {
        broken.push(Rule::DocumentNumberBrackets);
    }
    if is_short {
        broken.push(Rule::DocumentNumberYear);
    }
    if rest.starts_with('第') {
        broken.push(Rule::DocumentNumberOrdinal);
    }
    if digits.starts_with(['0', '０']) && numeral.value > 0 {
        broken.push(Rule::DocumentNumberZeros);
    }
    // Of two digits of a year the century is known: document numbers are younger than the Republic.
    let year =
        full_year.or_else(|| parse_numeral(year).map(|year| if year < 49 { 2000 + year } else { 1900 + year }))?;
    (!broken.is_empty()).then(|| (broken, format!("{letters}〔{year}〕{}号", numeral.value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_are_those_of_the_standard() {
        for (number, expected) in [
            ("鲁政办发〔2011〕48号", None),
            ("鲁人发[2002]26号", Some("document-number-brackets 鲁人发〔2002〕26号")),
            ("财税（1994）503号", Some("document-number-brackets 财税〔1994〕503号")),
            ("鲁发【2013】5号", Some("document-number-brackets 鲁发〔2013〕5号")),
            ("财税〔2009〕第59号", Some("document-number-ordinal 财税〔2009〕59号")),
            ("国发〔2013〕005号", Some("document-number-zeros 国发〔2013〕5号")),
            ("国发（86）77号", Some("document-number-brackets document-number-year 国发〔1986〕77号")),
            ("国务院令第423号", None),
            ("建设部令[2001]第88号", None),
            ("（2013）鲁民终字第5号", None),
        ] {
            let found = document_number(number).map(|(rules, instead)| {
                let names = rules.into_iter().map(Rule::name).collect::<Vec<_>>().join(" ");
                format!("{names} {instead}")
            });
            assert_eq!(found.as_deref(), expected, "{number}");
        }
    }
}
