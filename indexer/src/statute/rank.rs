//! The level of a statute and who issued it, from what it says, what it is called, and where it lies.

use std::path::Path;

use lawcite_core::statute::{Event, Level};
use lawcite_core::text::scan_numeral;

/// The level: what the history says is trusted first, then the title, then the nearest folder that is called like one.
pub(super) fn level(title: &str, history: &[Event], path: &Path) -> Option<Level> {
    let name = title.strip_prefix("中华人民共和国").unwrap_or(title);
    if name == "宪法" || name.starts_with("宪法修正案") {
        return Some(Level::Constitution);
    }
    let told = history.iter().find_map(|event| level_of_words(&without_titles(&event.text)));
    told.or_else(|| level_of_title(title)).or_else(|| folder_level(path))
}

/// The level that the nearest folder above a file is called by, if one is.
pub fn folder_level(path: &Path) -> Option<Level> {
    let folders = path.parent()?.components().rev();
    folders.filter_map(|folder| folder.as_os_str().to_str()).find_map(Level::from_name)
}

/// Who issued it: the title says it (最高人民法院关于…), or the first words of the history.
pub(super) fn issuer(title: &str, history: &[Event]) -> Option<String> {
    let in_title = title.split_once("关于").map(|(before, _)| before).filter(|before| is_body(before));
    let in_title = in_title.map(str::to_owned);
    in_title.or_else(|| history.iter().find_map(|event| body_of_words(&without_titles(&event.text))))
}

fn level_of_words(words: &str) -> Option<Level> {
    let has = |word: &str| words.contains(word);
    if has("审判委员会") || has("检察委员会") || has("最高人民法院") || has("最高人民检察院") {
        Some(Level::JudicialInterpretation)
    } else if has("全国人民代表大会") || has("全国人大") {
        Some(Level::Law)
    } else if has("人民代表大会") || has("人大常委会") {
        Some(Level::LocalRegulation)
    } else if has("国家监察委员会") {
        Some(Level::SupervisionRegulation)
    } else if has("国务院") || has("政务院") {
        Some(Level::AdministrativeRegulation)
    } else if has("人民政府") {
        Some(Level::LocalRule)
    } else if has("令") && ["部", "总局", "委员会", "署", "银行"].into_iter().any(has) {
        Some(Level::DepartmentalRule)
    } else {
        None
    }
}

fn level_of_title(title: &str) -> Option<Level> {
    let begins = |words: &[&str]| words.iter().any(|word| title.starts_with(word));
    if begins(&["最高人民法院", "最高人民检察院"]) {
        return Some(Level::JudicialInterpretation);
    }
    if title.ends_with('法') && !title.ends_with("办法") || title.ends_with("法典") || begins(&["全国人民代表大会"])
    {
        return Some(Level::Law);
    }
    if begins(&["国务院"]) {
        return Some(Level::AdministrativeRegulation);
    }
    const PLACES: &[&str] = &["省", "市", "自治区", "自治州", "自治县", "经济特区"];
    let place = |place: &&str| title.find(*place).is_some_and(|at| (2..=8).contains(&title[..at].chars().count()));
    let regulates = ["条例", "办法", "规定", "细则", "规则", "决定", "决议"].iter().any(|end| title.ends_with(end));
    // 市场监督管理… and 省级… name no place.
    let is_local = regulates && PLACES.iter().any(place) && !title.contains("市场主体");
    is_local.then_some(Level::LocalRegulation)
}

/// The body that `words` begin with: 第十一届全国人民代表大会常务委员会第十七次会议通过.
fn body_of_words(words: &str) -> Option<String> {
    const ENDS: &[&str] = &[
        "令",
        "公告",
        "通过",
        "公布",
        "发布",
        "颁布",
        "批准",
        "印发",
        "修正",
        "修订",
        "修改",
        "施行",
        "实施",
        "主席团",
    ];
    let words = words.trim_start_matches("根据");
    let mut body = String::new();
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        let rest = &words[at..];
        if ENDS.iter().any(|end| rest.starts_with(end)) {
            break;
        }
        if let Some((unit, length)) = ordinal(rest) {
            match unit {
                '届' => {
                    at += length;
                    continue;
                }
                _ => break,
            }
        }
        if !c.is_whitespace() {
            body.push(c);
        }
        at += c.len_utf8();
    }
    let body = body.replace("中华人民共和国", "");
    is_body(&body).then_some(body)
}

/// 第十一届, 第十七次, 第423号: its last letter and its length.
fn ordinal(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('第')?;
    let numeral = scan_numeral(rest)?;
    let unit = rest[numeral.len..].chars().next()?;
    Some((unit, '第'.len_utf8() + numeral.len + unit.len_utf8()))
}

fn is_body(text: &str) -> bool {
    const ENDS: &[&str] =
        &["人民代表大会", "会", "院", "部", "局", "府", "署", "行", "厅", "办公室", "委", "军委", "中心", "联合会"];
    (2..=60).contains(&text.chars().count()) && ENDS.iter().any(|end| text.ends_with(end)) && !text.contains('《')
}

/// The words outside 《》.
fn without_titles(text: &str) -> String {
    let mut depth = 0_usize;
    let mut words = String::new();
    for c in text.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ if depth == 0 => words.push(c),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use lawcite_core::statute::read_events;

    use super::*;

    #[test]
    fn what_a_statute_says_is_trusted_before_where_it_lies() {
        for (title, history, folder, expected) in [
            ("中华人民共和国宪法", "", "", Some(Level::Constitution)),
            (
                "垃圾分类法",
                "2019年3月4日 第十三届全国人民代表大会常务委员会第一次会议通过",
                "部门规章",
                Some(Level::Law),
            ),
            (
                "某市垃圾分类条例",
                "2019年3月4日 某市第三届人民代表大会常务委员会通过",
                "法律",
                Some(Level::LocalRegulation),
            ),
            ("垃圾分类条例", "2019年3月4日 国务院令第9号公布", "", Some(Level::AdministrativeRegulation)),
            ("垃圾分类办法", "2019年3月4日 某某部令第9号公布", "", Some(Level::DepartmentalRule)),
            ("最高人民法院关于垃圾的解释", "", "", Some(Level::JudicialInterpretation)),
            ("江南省垃圾条例", "", "", Some(Level::LocalRegulation)),
            (
                "垃圾条例",
                "2019年3月4日 《国务院关于修改〈垃圾条例〉的决定》修订",
                "行政法规",
                Some(Level::AdministrativeRegulation),
            ),
            ("垃圾分类法", "", "经济法", Some(Level::Law)),
            ("垃圾条例", "", "条例", None),
        ] {
            let path = Path::new(folder).join("file.md");
            assert_eq!(level(title, &read_events(history), &path), expected, "{title} {history}");
        }
    }

    #[test]
    fn who_issued_it_stands_in_the_title_or_the_history() {
        for (title, history, expected) in [
            (
                "垃圾法",
                "2019年3月4日 第十三届全国人民代表大会常务委员会第一次会议通过",
                Some("全国人民代表大会常务委员会"),
            ),
            ("垃圾条例", "2019年3月4日 中华人民共和国国务院令第9号公布", Some("国务院")),
            (
                "垃圾条例",
                "2019年3月4日 某市第三届人民代表大会常务委员会第二次会议通过",
                Some("某市人民代表大会常务委员会"),
            ),
            (
                "最高人民法院、最高人民检察院关于垃圾的解释",
                "2019年3月4日 最高人民法院审判委员会第1832次会议通过",
                Some("最高人民法院、最高人民检察院"),
            ),
            ("垃圾条例", "2019年3月4日 施行", None),
        ] {
            assert_eq!(issuer(title, &read_events(history)).as_deref(), expected, "{title}");
        }
    }
}
