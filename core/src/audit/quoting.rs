//! Which words a text quotes for a citation: 第四十条：违反本条例规定，…… and what follows, up to the next entry.

use crate::citation::{Mention, MentionKind};
use crate::text::{CharClass, Span, scan_numeral};

/// What a mention is to the text that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The text cites by it; the words that it quotes from what is cited, if any.
    Cites(Option<Span>),
    /// It stands in words that are quoted: the law itself says it.
    Quoted,
}

/// The role of each mention of `text`.
///
/// Words are quoted behind a provision that begins a line or an entry and is set off by a colon, a quotation mark or a blank.
/// They reach to the next provision or title that begins a line so, or to the closing quotation mark.
pub(super) fn roles(text: &str, mentions: &[Mention]) -> Vec<Role> {
    let mut roles = Vec::with_capacity(mentions.len());
    // Up to where the words of the last provision reach.
    let mut quoted_to = 0;
    for (number, mention) in mentions.iter().enumerate() {
        if (mention.span.start as usize) < quoted_to {
            roles.push(Role::Quoted);
            continue;
        }
        let quotation = quotation_start(text, mention).and_then(|start| {
            let next = mentions[number + 1..].iter().find(|next| begins_entry(text, next));
            let end = next.map_or(text.len(), |next| entry_start(text, next.span.start as usize));
            quotation(text, start, end.max(start))
        });
        quoted_to = quotation.map_or(quoted_to, |span| span.end as usize);
        roles.push(Role::Cites(quotation));
    }
    roles
}

/// Where the words of the provisions that `mention` cites begin.
fn quotation_start(text: &str, mention: &Mention) -> Option<usize> {
    let cites = matches!(mention.kind, MentionKind::Named | MentionKind::Bare | MentionKind::Carried);
    if mention.provisions.is_empty() || !cites {
        return None;
    }
    let end = mention.span.end as usize;
    let rest = &text[end..];
    let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
    let after = &rest[blanks..];
    let said = after.strip_prefix("的规定").or_else(|| after.strip_prefix("规定")).unwrap_or(after);
    if let Some(words) = said.strip_prefix(['：', ':', '﹕']) {
        return Some(text.len() - words.len());
    }
    if said.starts_with(['“', '"', '「']) {
        return Some(text.len() - said.len());
    }
    // 第十六条　机关、团体 …
    let is_set_off = blanks > 0 && !rest[..blanks].contains('\n') && begins_line(text, mention.span.start as usize);
    let goes_on = after.starts_with(|c| CharClass::of(c) == CharClass::Letter || matches!(c, '（' | '('));
    (is_set_off && goes_on && !continues_sentence(after)).then_some(end + blanks)
}

/// The quotation that begins at `start` and reaches to `end` at most; `None` where nothing is quoted.
fn quotation(text: &str, start: usize, end: usize) -> Option<Span> {
    let words = &text[start..end];
    let trimmed = words.trim_start_matches(is_blank);
    let start = end - trimmed.len();
    let (start, words) = match trimmed.chars().next() {
        Some(open @ ('“' | '「' | '"')) => {
            let close = match open {
                '“' => '”',
                '「' => '」',
                _ => '"',
            };
            let start = start + open.len_utf8();
            let inner = &text[start..end];
            (start, inner.find(close).map_or(inner, |at| &inner[..at]))
        }
        _ => (start, trimmed),
    };
    let words = without_tag(without_next_entry(words).trim_end_matches(is_blank));
    let has_words = words.chars().any(|c| CharClass::of(c) == CharClass::Letter);
    has_words.then(|| Span::new(start, start + words.len()))
}

/// `words` up to a line that begins with a tag or a title: 【规章】, 《…》.
fn without_next_entry(words: &str) -> &str {
    let mut at = 0;
    for line in words.split_inclusive('\n') {
        if at > 0 && line.trim_start_matches(is_blank).starts_with(['【', '《']) {
            return &words[..at];
        }
        at += line.len();
    }
    words
}

/// `words` without the tag of the next entry behind it, where that follows on the same line: 【规章】.
fn without_tag(words: &str) -> &str {
    const LONGEST_TAG: usize = 12;
    let tag = words.strip_suffix('】').and_then(|rest| rest.rfind('【'));
    match tag.filter(|&at| words[at..].chars().count() <= LONGEST_TAG) {
        Some(at) => words[..at].trim_end_matches(is_blank),
        None => words,
    }
}

/// Whether a mention begins an entry of its own: a title at the head of a line, or a provision that heads words or a list.
fn begins_entry(text: &str, mention: &Mention) -> bool {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    if !matches!(mention.kind, MentionKind::Named | MentionKind::Bare | MentionKind::Carried) {
        return false;
    }
    let after = text[end..].trim_start_matches(is_blank);
    if begins_line(text, start) {
        return mention.kind == MentionKind::Named || !continues_sentence(after);
    }
    // Entries that follow each other on a line: …罚款。第六十条：…
    let ends_sentence = text[..start].trim_end_matches(is_blank).ends_with(['。', '；', ';', '”', '】']);
    ends_sentence && !mention.provisions.is_empty() && after.starts_with(['：', ':'])
}

/// Whether what follows a provision makes it a part of a sentence: 第三十条规定的行为.
fn continues_sentence(after: &str) -> bool {
    after.starts_with(['的', '规', '或', '至', '和', '，', ','])
}

/// Whether nothing but blanks, tags and an entry's number stands between the beginning of the line and `at`.
fn begins_line(text: &str, at: usize) -> bool {
    let mut head = text[line_start(text, at)..at].trim_matches(is_blank);
    while let Some((_, rest)) = head.strip_prefix('【').and_then(|tag| tag.split_once('】')) {
        head = rest.trim_start_matches(is_blank);
    }
    let head = head.trim_start_matches(['（', '(']);
    let number = scan_numeral(head).map_or(0, |numeral| numeral.len);
    head[number..].chars().all(|c| is_blank(c) || matches!(c, '.' | '．' | '、' | '）' | ')' | '①'..='⒛'))
}

/// Where the entry begins whose mention begins at `at`, its tag and number included.
fn entry_start(text: &str, at: usize) -> usize {
    if begins_line(text, at) { line_start(text, at) } else { at }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line| line + 1)
}

fn is_blank(c: char) -> bool {
    CharClass::of(c) == CharClass::Blank
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{NameIndex, find_mentions};
    use proptest::prelude::*;

    #[test]
    fn words_are_quoted_up_to_the_next_entry() {
        for (name, text, expected) in [
            ("behind a colon", "《劳动法》第三条：劳动者有权休息。", &["劳动者有权休息。"][..]),
            ("behind a blank", "《劳动法》\n第三条　劳动者有权休息。", &["劳动者有权休息。"]),
            ("in quotation marks", "依照《劳动法》第三条规定：“劳动者有权休息。”办理。", &["劳动者有权休息。"]),
            ("nothing is quoted", "依照《劳动法》第三条的规定办理", &[""]),
            ("a list of places", "《劳动法》第三条、第四条", &[""]),
            (
                "two entries",
                "《劳动法》\n第三条：劳动者有权休息。\n国家保障休息。\n第四条：用人单位应当守法。",
                &["劳动者有权休息。\n国家保障休息。", "用人单位应当守法。"],
            ),
            (
                "a tag of the next entry",
                "《劳动法》第三条：劳动者有权休息。\n【规章】《休假办法》",
                &["劳动者有权休息。", ""],
            ),
            (
                "a tag on the same line",
                "《劳动法》第三条：劳动者有权休息。【规章】《休假办法》第一条：应当休假。",
                &["劳动者有权休息。", "应当休假。"],
            ),
            (
                "what the law cites itself",
                "《劳动法》第三条：违反本法第四条和《工会法》第五条的，责令改正。\n第六条：罚款。",
                &["违反本法第四条和《工会法》第五条的，责令改正。", "罚款。"],
            ),
            (
                "a line of the law that begins with a place in it",
                "《劳动法》第三条：违反\n第四条规定的，责令改正。",
                &["违反\n第四条规定的，责令改正。"],
            ),
        ] {
            let mentions = find_mentions(text, &NameIndex::empty());
            let found: Vec<&str> = roles(text, &mentions)
                .into_iter()
                .filter_map(|role| match role {
                    Role::Cites(quotation) => Some(quotation.map_or("", |span| span.slice(text))),
                    Role::Quoted => None,
                })
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "([《》第一二三条款：:“”【】。；\\n 　劳动法规定的]|\\PC){0,60}") {
            let mentions = find_mentions(&text, &NameIndex::empty());
            prop_assert_eq!(roles(&text, &mentions).len(), mentions.len());
        }
    }
}
