//! The head of a statute: its title, its history, and the date of this version.

use lawcite_core::citation::statute_key;
use lawcite_core::statute::{Event, read_events, scan_date};
use lawcite_core::text::CharClass;
use lawcite_core::unit::Passage;

use super::line::Line;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Front {
    /// The first heading.
    pub(super) title: Option<String>,
    /// The second: this file is one part of the statute, as 物权编.
    pub(super) part: Option<Passage>,
    pub(super) history: Vec<Event>,
    /// Lines that are none of these: a preamble, a number. They are paragraphs of the statute.
    pub(super) rest: Vec<Passage>,
}

impl Front {
    pub(super) fn read(lines: &[Line]) -> Front {
        let mut front = Front::default();
        let mut dated: Vec<String> = Vec::new();
        for line in lines {
            let text = &line.text.text;
            if front.title.is_none() && dated.is_empty() && begins_dated(text).is_none() {
                front.title = Some(text.clone());
            } else if line.level == Some(1) && front.part.is_none() {
                front.part = Some(line.text.clone());
            } else if begins_dated(text).is_some() {
                dated.push(text.clone());
            } else if front.title.as_ref().is_some_and(|title| contains_letters(title, text)) {
                // The title once more, cut into lines as it is printed.
            } else if let Some(open) = dated.last_mut().filter(|line| is_unfinished(line) && !ends_sentence(text)) {
                open.push_str(text);
            } else {
                front.rest.push(line.text.clone());
            }
        }
        front.history = dated.iter().flat_map(|line| read_events(line)).collect();
        front
    }

    /// The statute's name; of a file without a title, the file's.
    pub(super) fn name(&self, stem: &str) -> String {
        match &self.title {
            Some(title) => statute_key(title),
            None => statute_key(without_date(stem)),
        }
    }

    /// The last date of the history.
    pub(super) fn last_date(&self) -> Option<String> {
        self.history.last().map(|event| event.date.clone())
    }
}

/// The date at the end of a file's stem: `社会保险法(2018-12-29)`.
pub(super) fn date_of_file(stem: &str) -> Option<String> {
    let bare = stem.trim_end_matches([')', '）', ']', '】', ' ']);
    let start = bare.len().checked_sub("2018-12-29".len()).filter(|&start| bare.is_char_boundary(start))?;
    let (date, length) = scan_date(&bare[start..])?;
    (length == bare.len() - start).then_some(date)
}

fn without_date(stem: &str) -> &str {
    match date_of_file(stem) {
        Some(_) => {
            let bare = stem.trim_end_matches([')', '）', ']', '】', ' ']);
            bare[..bare.len() - "2018-12-29".len()].trim_end_matches(['(', '（', '[', '【', ' ', '_', '-', '@'])
        }
        None => stem,
    }
}

/// Whether a line begins with a date, perhaps in a parenthesis or after 根据.
fn begins_dated(text: &str) -> Option<()> {
    let text = text.trim_start_matches(['（', '(', '\u{a0}', ' ']);
    let text = text.strip_prefix("根据").unwrap_or(text);
    let text = text.strip_prefix('自').unwrap_or(text);
    scan_date(text).map(drop)
}

fn contains_letters(title: &str, line: &str) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).collect() };
    let line = letters(line);
    line.chars().count() > 3 && letters(title).contains(&line)
}

/// Whether a line of the history does not yet say what happened.
fn is_unfinished(line: &str) -> bool {
    const ENDS: &[&str] = &[
        "通过", "批准", "公布", "发布", "颁布", "印发", "修正", "修订", "修改", "施行", "实施", "生效", "废止", "）",
        ")",
    ];
    !ENDS.iter().any(|end| line.ends_with(end))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '：', ':', '；'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(lines: &[&str]) -> Front {
        let line = |text: &&str| {
            let level = text.starts_with("# ").then_some(1);
            let text = text.trim_start_matches("# ").to_owned();
            Line { text: Passage { text, pieces: Vec::new() }, level, is_row: false }
        };
        Front::read(&lines.iter().map(line).collect::<Vec<_>>())
    }

    #[test]
    fn a_head_is_title_history_and_the_rest() {
        let front = front(&[
            "# 中华人民共和国 垃圾分类法",
            "中华人民共和国",
            "垃圾分类法",
            "2019年3月4日 某次会议通过",
            "2021年1月2日 根据某次会议《关于修改〈中华人民共和国",
            "垃圾分类法〉的决定》修正",
            "环发〔2021〕3号",
            "根据有关法律，制定本法。",
        ]);
        assert_eq!(front.name(""), "垃圾分类法");
        assert_eq!(front.last_date().as_deref(), Some("2021-01-02"));
        assert_eq!(front.history[1].text, "根据某次会议《关于修改〈中华人民共和国垃圾分类法〉的决定》修正");
        let rest: Vec<&str> = front.rest.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(rest, ["环发〔2021〕3号", "根据有关法律，制定本法。"]);
    }

    #[test]
    fn a_part_of_a_statute_has_two_headings() {
        let front = front(&["# 中华人民共和国民法典", "# 物权编", "2020年5月28日 通过"]);
        assert_eq!(front.part.map(|part| part.text).as_deref(), Some("物权编"));
    }

    #[test]
    fn a_files_name_may_end_in_a_date() {
        for (stem, date, name) in [
            ("社会保险法(2018-12-29)", Some("2018-12-29"), "社会保险法"),
            ("社会保险法（2018-12-29）", Some("2018-12-29"), "社会保险法"),
            ("社会保险法_2018-12-29", Some("2018-12-29"), "社会保险法"),
            ("宪法修正案（2018年）", None, "宪法修正案（2018年）"),
            ("法", None, "法"),
        ] {
            assert_eq!(date_of_file(stem).as_deref(), date, "{stem}");
            assert_eq!(without_date(stem), name, "{stem}");
        }
    }
}
