//! Order and document numbers as keys: 中华人民共和国国务院令第423号 and 国务院令第四百二十三号 are one.

use crate::citation::number::find_numbers;
use crate::text::{CharClass, fold_char, scan_numeral};

/// The orders and document numbers that `text` names, as keys.
pub(super) fn orders_in(text: &str) -> Vec<String> {
    if !text.contains('号') && !text.contains('號') {
        return Vec::new();
    }
    find_numbers(text).iter().filter_map(|number| order_key(number.span.slice(text))).collect()
}

/// The key of a number: its letters without 中华人民共和国, 原, 第, 年, 号 and 令, and its numerals in digits. `None` where
/// nothing but numerals is left, which many issuers use.
///
/// A key without an issuer's name, or with the President's, whose count begins anew with every term, is no name of an order.
pub(super) fn order_key(number: &str) -> Option<String> {
    let bare = number.replace("中华人民共和国", "");
    let mut key = String::with_capacity(bare.len());
    let (mut named, mut at) = (false, 0);
    while let Some(c) = bare[at..].chars().next() {
        if let Some(numeral) = scan_numeral(&bare[at..]) {
            key.push('#');
            key += &numeral.value.to_string();
            at += numeral.len;
            continue;
        }
        at += c.len_utf8();
        if CharClass::of(c) == CharClass::Letter && !matches!(c, '第' | '年' | '号' | '號' | '令') {
            named = true;
            key.push(fold_char(c));
        }
    }
    named.then(|| key.strip_prefix('原').unwrap_or(&key).to_owned())
}

/// Whether a key means one order without a statute beside it. The count of the President's orders begins anew with every term.
pub(super) fn is_unique(key: &str) -> bool {
    !key.starts_with("主席#") && !key.starts_with("国家主席#")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_number_are_one_key() {
        for (name, spellings) in [
            (
                "order",
                &["国务院令第423号", "中华人民共和国国务院令第423号", "国务院令 第四百二十三号", "国务院第423号令"][..],
            ),
            ("document", &["国发〔2011〕48号", "国发[2011]48号", "国发（2011）第48号"]),
            ("joint", &["人力资源社会保障部、监察部令第18号", "原人力资源社会保障部监察部令第18号"]),
        ] {
            let keys: Vec<_> = spellings.iter().map(|spelling| order_key(spelling)).collect();
            assert!(keys[0].is_some() && keys.iter().all(|key| *key == keys[0]), "{name}: {keys:?}");
        }
        assert_ne!(order_key("国发〔2011〕48号"), order_key("国发〔2014〕18号"));
        assert_eq!(order_key("第12号"), None);
    }

    #[test]
    fn the_presidents_orders_are_not_told_apart_by_number() {
        let key = |number| order_key(number).expect("it has an issuer");
        assert!(!is_unique(&key("中华人民共和国主席令第三号")));
        assert!(is_unique(&key("国务院令第423号")));
    }

    #[test]
    fn a_line_of_history_names_its_order() {
        assert_eq!(orders_in("中华人民共和国国务院令第423号公布"), ["国务院#423"]);
        assert_eq!(orders_in("国务院第68次常务会议通过"), Vec::<String>::new());
    }
}
