//! The figures of a text: 五千元, 15日, 三倍.
//!
//! An amendment often changes a fine or a term and nothing else, and parallel articles differ in little more. So much is lost
//! in a share of letters, so figures are compared by themselves. Numbers of articles are none: they change with every
//! insertion.

use crate::text::scan_numeral;

/// What is counted, in the letter that follows the number.
const UNITS: [char; 14] = ['元', '日', '天', '月', '年', '倍', '周', '岁', '人', '名', '次', '米', '吨', '个'];

/// A number and what it counts.
pub(super) type Figure = (u64, char);

/// The figures in folded letters.
pub(super) fn figures(letters: &[char]) -> Vec<Figure> {
    let text: String = letters.iter().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        let Some(numeral) = scan_numeral(&text[at..]) else {
            at += c.len_utf8();
            continue;
        };
        at += numeral.len;
        let mut value = u64::from(numeral.value);
        // 1万元 is 一万元.
        if let Some((unit, factor)) =
            [('万', 10_000), ('亿', 100_000_000)].into_iter().find(|(unit, _)| text[at..].starts_with(*unit))
        {
            value *= factor;
            at += unit.len_utf8();
        }
        if let Some(unit) = text[at..].chars().next().filter(|c| UNITS.contains(c)) {
            found.push((value, unit));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::texts::letters;
    use super::*;

    #[test]
    fn figures_are_read_in_every_spelling() {
        for (text, expected) in [
            ("处五千元以上1万元以下罚款", &[(5_000, '元'), (10_000, '元')][..]),
            ("一万元以上２００万元以下", &[(10_000, '元'), (2_000_000, '元')]),
            ("十五日内，不满16周岁", &[(15, '日'), (16, '周')]),
            ("违法所得三倍的罚款", &[(3, '倍')]),
            ("违反第十一条第一款规定", &[]),
            ("", &[]),
        ] {
            assert_eq!(figures(&letters(text)), expected, "{text}");
        }
    }
}
