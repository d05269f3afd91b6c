use super::Broken;
use crate::audit::fault::Rule;
use crate::text::{Span, chinese_numeral, scan_numeral};

/// Numbers of provisions that are no Chinese numerals: 第六一条, 第一百二条.
pub(super) fn find(text: &str) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (at, mark) in text.match_indices('第') {
        let start = at + mark.len();
        let Some(numeral) = scan_numeral(&text[start..]) else { continue };
        let written = &text[start..start + numeral.len];
        let rest = &text[start + numeral.len..];
        let Some(level) = rest.chars().next().filter(|c| matches!(c, '条' | '款' | '项' | '章' | '节')) else {
            continue;
        };
        if is_well_formed(written, numeral.value) {
            continue;
        }
        // 第一百二条 may be 102 or 120.
        let is_certain = !written.contains(['十', '百', '千']);
        let instead = is_certain.then(|| format!("第{}{level}", chinese_numeral(numeral.value)));
        let span = Span::new(at, start + numeral.len + level.len_utf8());
        broken.push(Broken { rule: Rule::IllFormedNumeral, span, instead });
    }
    broken
}

fn is_well_formed(written: &str, value: u32) -> bool {
    // Arabic digits are no fault of a list, and 廿 is only old.
    let is_other = |c: char| !"零〇一二三四五六七八九十百千".contains(c);
    if written.contains(is_other) || !(1..10_000).contains(&value) {
        return true;
    }
    // 一百十 is an older way to write 一百一十.
    let written = written.replace('〇', "零").replace("百十", "百一十");
    written == chinese_numeral(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_provisions_are_chinese_numerals() {
        for (text, expected) in [
            ("第六一条", Some(("第六一条", Some("第六十一条")))),
            ("第一百二条", Some(("第一百二条", None))),
            ("第一十五条", Some(("第一十五条", None))),
            ("第一一四条", Some(("第一一四条", Some("第一百一十四条")))),
            ("第二三款", Some(("第二三款", Some("第二十三款")))),
            ("第六十一条", None),
            ("第一百零二条", None),
            ("第一百〇二条", None),
            ("第一百十条", None),
            ("第61条", None),
            ("第廿一条", None),
            ("第二三季度", None),
        ] {
            let found = find(text);
            let found = found.first().map(|broken| (broken.span.slice(text), broken.instead.as_deref()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
