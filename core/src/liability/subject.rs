//! Who is named: the words before the conduct.
//!
//! A subject is one or several names of actors, joined by 、, 和, 或者, 及其: each a few words of any kind that end in a noun
//! for one who acts. Where the conduct begins there is no mark, but the words that it begins with are known; and a sentence
//! that begins with conduct names nobody.

use super::rule::Pieces;
use super::words;
use crate::text::Span;

/// An actor's name is at most so long, in bytes.
const LONGEST_NAME: usize = 120;
/// A name that goes on behind an actor without 、 or 和, as in 人民政府教育行政部门, does so for at most so many bytes.
const LONGEST_TAIL: usize = 90;

/// The subject of conduct.
pub(super) fn in_pieces(text: &str, pieces: &Pieces) -> Option<Span> {
    for piece in pieces.iter() {
        let words = piece.slice(text);
        let skip = words::preamble(words);
        let rest = &words[skip..];
        if rest.is_empty() || words::is_circumstance_of_time(rest) {
            continue;
        }
        let start = piece.start as usize + skip;
        // 对违反本条例规定的单位和个人，由…
        if let Some(inner) = rest.strip_prefix('对').filter(|inner| words::ends_with_actor(inner)) {
            return Some(Span::new(start + rest.len() - inner.len(), start + rest.len()));
        }
        let to_the_end = &text[start..pieces.get(pieces.len() - 1).end as usize];
        if let Some(end) = words::described_actor(rest) {
            return Some(Span::new(start, start + more_actors(to_the_end, end)));
        }
        if words::begins_conduct(rest) {
            // 违反本条例规定的单位: whoever does it is named behind it.
            let named = rest.contains('的') && words::ends_with_actor(rest);
            return named.then(|| Span::new(start, start + rest.len()));
        }
        match name(rest, LONGEST_NAME) {
            Some(end) => return Some(Span::new(start, start + more_actors(to_the_end, end))),
            None if words::has_conduct(rest) => return None,
            None => {}
        }
    }
    None
}

/// The subject that an item names; whoever something is done to is none.
pub(super) fn of_item(text: &str, item: Span) -> Option<Span> {
    if item.slice(text).contains('被') { None } else { in_pieces(text, &Pieces::of(text, item)) }
}

/// Where the names end that go on behind the first one, which ends at `end`.
fn more_actors(words: &str, mut end: usize) -> usize {
    loop {
        let joint = words::joint(&words[end..]);
        let behind = &words[end + joint..];
        let longest = if joint > 0 { LONGEST_NAME } else { LONGEST_TAIL };
        match words::described_actor(behind).filter(|_| joint > 0) {
            Some(length) => end += joint + length,
            None if words::begins_conduct(behind) => return end,
            None if joint == 0 && words::begins_conduct_behind_a_name(behind) => return end,
            None => match name(behind, longest) {
                Some(length) => end += joint + length,
                None => return end,
            },
        }
    }
}

/// The length of the first name in `words`, at most `longest`; `None` if conduct begins before it ends.
fn name(words: &str, longest: usize) -> Option<usize> {
    let mut at = 0;
    while at < words.len().min(longest) {
        let rest = &words[at..];
        if words::certainly_conduct(rest) || rest.starts_with(['，', ',']) {
            return None;
        }
        if let Some(length) = words::actor(rest) {
            return Some(at + length);
        }
        at += words::no_actor(rest).unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
    }
    None
}
