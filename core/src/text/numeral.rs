//! Numbers as statutes write them: 九十二, 一百零三, 二〇一五, 廿三, 92, ９２.

/// A numeral found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// What it says.
    pub value: u32,
    /// How many bytes it takes.
    pub len: usize,
}

/// The value of a digit, in any spelling that [`fold_char`](super::fold_char) need not have seen.
fn digit(c: char) -> Option<u32> {
    Some(match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '０'..='９' => u32::from(c) - u32::from('０'),
        '〇' | '零' | '○' | '◯' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' | '兩' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn is_arabic(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn unit(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' | '萬' => 10_000,
        _ => return None,
    })
}

/// The longest numeral that `text` begins with, if it begins with one below a hundred million.
///
/// Chinese and Arabic digits are never taken together: `20二` is 20. A run of Chinese digits without units is read by
/// position (二〇一五 is 2015, 一一四 is 114), 廿 and 卅 as 20 and 30.
pub fn scan_numeral(text: &str) -> Option<Numeral> {
    let first = text.chars().next()?;
    if is_arabic(first) { scan_arabic(text) } else { scan_chinese(text) }
}

fn scan_arabic(text: &str) -> Option<Numeral> {
    let (mut value, mut len) = (0_u32, 0);
    for c in text.chars().take_while(|&c| is_arabic(c)) {
        value = value.checked_mul(10)?.checked_add(digit(c)?)?;
        len += c.len_utf8();
    }
    (value < 100_000_000).then_some(Numeral { value, len })
}

fn scan_chinese(text: &str) -> Option<Numeral> {
    let mut len = 0;
    let (mut myriads, mut sum) = (0_u32, 0_u32);
    let mut digits: Option<u32> = None; // digits read since the last unit
    let mut positional = true;
    for c in text.chars() {
        if is_arabic(c) {
            break;
        }
        if let Some(value) = digit(c) {
            digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(value)?);
        } else if let Some(unit) = unit(c) {
            positional = false;
            if unit == 10_000 {
                myriads = sum.checked_add(digits.take().unwrap_or(0))?.max(1).checked_mul(unit)?;
                sum = 0;
            } else {
                // 十 alone is ten; 一百一十 has its digit.
                sum = sum.checked_add(digits.take().unwrap_or(1).max(1).checked_mul(unit)?)?;
            }
        } else if matches!(c, '廿' | '卅') && positional && digits.is_none() {
            positional = false;
            sum = if c == '廿' { 20 } else { 30 };
        } else {
            break;
        }
        len += c.len_utf8();
    }
    let value = myriads.checked_add(sum)?.checked_add(digits.unwrap_or(0))?;
    (len > 0 && value < 100_000_000).then_some(Numeral { value, len })
}

/// The number that `text` writes, if it is a numeral and nothing else.
pub fn parse_numeral(text: &str) -> Option<u32> {
    scan_numeral(text).filter(|numeral| numeral.len == text.len()).map(|numeral| numeral.value)
}

/// Writes `value` as statutes do: 92 as 九十二, 103 as 一百零三, 10 as 十, 110 as 一百一十.
///
/// # Panics
///
/// If `value` is 10,000 or more: no statute has so many articles, and their numbers stop at 千.
pub fn chinese_numeral(value: u32) -> String {
    assert!(value < 10_000, "numerals of statutes stay below 10,000");
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if value == 0 {
        return "零".to_owned();
    }
    let mut written = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / unit % 10;
        if digit == 0 {
            gap = !written.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            written.push('零');
        }
        if !(digit == 1 && unit == 10 && written.is_empty()) {
            written.push(DIGITS[digit as usize]);
        }
        written.push_str(name);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_in_every_spelling() {
        for (text, value) in [
            ("九十二", 92),
            ("一百零三", 103),
            ("一百〇四", 104),
            ("一百一十四", 114),
            ("一百十四", 114),
            ("十", 10),
            ("二十", 20),
            ("廿三", 23),
            ("一千二百六十", 1260),
            ("一千零一", 1001),
            ("二〇一五", 2015),
            ("二○一五", 2015),
            ("一一四", 114),
            ("92", 92),
            ("９２", 92),
            ("壹佰贰拾", 120),
            ("一万二千", 12_000),
        ] {
            assert_eq!(parse_numeral(text), Some(value), "{text}");
        }
        for text in ["", "第", "条", "20二", "百姓", "99999999999", "四二九四九六七千九九九九九九万"]
        {
            assert_eq!(parse_numeral(text), None, "{text}");
        }
    }

    #[test]
    fn a_numeral_stops_where_its_script_does() {
        assert_eq!(scan_numeral("20二十"), Some(Numeral { value: 20, len: 2 }));
        assert_eq!(scan_numeral("九十二条"), Some(Numeral { value: 92, len: 9 }));
    }

    #[test]
    fn writing_and_reading_are_inverse() {
        for value in 0..10_000 {
            assert_eq!(parse_numeral(&chinese_numeral(value)), Some(value));
        }
        assert_eq!(chinese_numeral(110), "一百一十");
        assert_eq!(chinese_numeral(1010), "一千零一十");
        assert_eq!(chinese_numeral(12), "十二");
    }
}
