//! Telephone numbers and addresses of the web.

/// The numbers in a text, written out in full: an area code printed once counts for those behind it.
pub(super) fn phones(text: &str) -> Vec<String> {
    let mut phones = Vec::new();
    let mut area: Option<String> = None;
    for number in numbers(text) {
        let groups: Vec<&str> = number.split('-').collect();
        match groups[..] {
            [code] if is_area(code) => area = Some(code.to_owned()),
            [local] if matches!(local.len(), 7 | 8) => {
                phones.push(area.as_ref().map_or_else(|| local.to_owned(), |area| format!("{area}-{local}")));
            }
            [code, local, ..] if is_area(code) && matches!(local.len(), 7 | 8) => {
                area = Some(code.to_owned());
                phones.push(number);
            }
            [local, _] if matches!(local.len(), 7 | 8) => {
                phones.push(area.as_ref().map_or_else(|| number.clone(), |area| format!("{area}-{number}")));
            }
            // Mobile numbers, 400 numbers, and hotlines such as 12333.
            [whole] if matches!(whole.len(), 5 | 10 | 11 | 12) => phones.push(number),
            ["400" | "800", ..] => phones.push(number),
            _ => {}
        }
    }
    phones
}

fn is_area(code: &str) -> bool {
    code.starts_with('0') && matches!(code.len(), 3 | 4)
}

/// Runs of digits and dashes, the dashes alike; （0533） is an area code.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = vec![String::new()];
    for c in text.chars() {
        let last = numbers.last_mut().expect("there is always one");
        match c {
            '0'..='9' => last.push(c),
            '０'..='９' => last.push(char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).unwrap_or(0))),
            '-' | '－' | '—' | '–' | '‐' | '―' | '转' if !last.is_empty() => {
                if !last.ends_with('-') {
                    last.push('-');
                }
            }
            _ => numbers.push(String::new()),
        }
    }
    let whole = numbers.into_iter().map(|number| number.trim_end_matches('-').to_owned());
    whole.filter(|number| !number.is_empty()).collect()
}

/// The addresses in a text: `http://…`, `https://…`, `www.…`.
pub(super) fn urls(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let mut urls = Vec::new();
    let mut at = 0;
    while let Some(start) = ["http://", "https://", "www."].iter().filter_map(|head| text[at..].find(head)).min() {
        let url = &text[at + start..];
        let end = url.find(|c| !is_part(c)).unwrap_or(url.len());
        let url = url[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
        urls.push(url.to_owned());
        at += start + end;
    }
    urls
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_out_in_full() {
        for (text, expected) in [
            ("0533-4251528、 4250907、4251654", &["0533-4251528", "0533-4250907", "0533-4251654"][..]),
            ("（0533）4185790", &["0533-4185790"]),
            ("0533 4185790；12333", &["0533-4185790", "12333"]),
            ("010－88888888转8001", &["010-88888888-8001"]),
            ("13812345678\n400-800-1234", &["13812345678", "400-800-1234"]),
            ("4196001", &["4196001"]),
            ("无", &[]),
        ] {
            assert_eq!(phones(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_end_where_words_begin() {
        assert_eq!(
            urls("服务网（www.sdggcyfw.com），http://www.sdhrss.gov.cn/cm/index_1.htm公布 (https://a.cn/b)."),
            ["www.sdggcyfw.com", "http://www.sdhrss.gov.cn/cm/index_1.htm", "https://a.cn/b"]
        );
    }
}
