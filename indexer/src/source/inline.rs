//! Markup inside a line: tags, emphasis, entities, escapes. What is left is text with its places.

use lawcite_core::unit::Passage;

use super::block::PassageBuilder;

/// A paragraph longer than this is cut at the next 。, so that no unit is longer than what a search can take.
pub(super) const LONG_PARAGRAPH: usize = 1 << 20;

/// One line, or one cell of a table, is taken for at most so many paragraphs.
const MOST_PARAGRAPHS: usize = 4096;

/// Tags that end a paragraph.
const BREAKING: &[&str] =
    &["p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "tbody", "thead", "hr", "center"];
/// Tags that say how words look. Any other `<…>` is text: 〈〉 is often typed as `<>`.
const PLAIN: &[&str] = &["b", "i", "u", "s", "a", "em", "strong", "span", "font", "sup", "sub", "img", "small", "big"];

/// The paragraphs of a stretch of a line that begins at byte `offset` of the source.
pub(super) fn paragraphs(text: &str, line: u32, offset: usize) -> Vec<Passage> {
    let mut reader = Reader { paragraphs: Vec::new(), builder: PassageBuilder::default(), length: 0, line };
    let mut at = 0;
    while let Some(found) = text[at..].find(['<', '&', '\\', '*', '!']) {
        let markup = at + found;
        reader.push(&text[at..markup], offset + at);
        at = markup + reader.markup(&text[markup..], offset + markup);
    }
    reader.push(&text[at..], offset + at);
    reader.end_paragraph();
    reader.paragraphs
}

struct Reader {
    paragraphs: Vec<Passage>,
    builder: PassageBuilder,
    length: usize,
    line: u32,
}

impl Reader {
    fn push(&mut self, mut text: &str, mut offset: usize) {
        while self.length + text.len() > LONG_PARAGRAPH {
            let Some(end) = cut(text, LONG_PARAGRAPH.saturating_sub(self.length)) else { break };
            self.builder.push(&text[..end], self.line, offset);
            self.end_paragraph();
            text = &text[end..];
            offset += end;
        }
        self.builder.push(text, self.line, offset);
        self.length += text.len();
    }

    fn end_paragraph(&mut self) {
        self.length = 0;
        let passage = self.builder.take();
        if !passage.text.is_empty() {
            self.paragraphs.push(passage);
        }
    }

    /// Takes what markup `text` begins with, and says how long it is.
    fn markup(&mut self, text: &str, offset: usize) -> usize {
        match text.as_bytes()[0] {
            b'<' => {
                if let Some(length) = comment(text) {
                    return length;
                }
                if let Some((name, length)) = tag(text) {
                    let breaks = BREAKING.contains(&name.as_str()) || is_heading(&name);
                    if breaks && self.paragraphs.len() < MOST_PARAGRAPHS {
                        self.end_paragraph();
                    }
                    if breaks || PLAIN.contains(&name.as_str()) {
                        return length;
                    }
                }
            }
            b'&' => {
                if let Some((entity, character)) = ENTITIES.iter().find(|(entity, _)| text.starts_with(entity)) {
                    self.push(character, offset);
                    return entity.len();
                }
            }
            b'\\' => {
                if text.as_bytes().get(1).is_some_and(u8::is_ascii_punctuation) {
                    self.push(&text[1..2], offset + 1);
                    return 2;
                }
            }
            b'*' => {
                if text.starts_with("**") {
                    return 2;
                }
            }
            _ => {
                if let Some((words, length)) = image(text) {
                    self.push(words, offset + "![".len());
                    return length;
                }
            }
        }
        self.push(&text[..1], offset);
        1
    }
}

const ENTITIES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&ensp;", " "),
    ("&emsp;", " "),
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&mdash;", "—"),
    ("&middot;", "·"),
];

/// Where to cut a text that is longer than `room`: after the last 。 there is in its reach, or where it must.
fn cut(text: &str, room: usize) -> Option<usize> {
    let mut room = room.min(text.len());
    while !text.is_char_boundary(room) {
        room -= 1;
    }
    match text[..room].rfind('。') {
        Some(stop) => Some(stop + '。'.len_utf8()),
        None if room > 0 => Some(room),
        None => text.chars().next().map(char::len_utf8),
    }
}

/// How long the comment is that `text` begins with.
fn comment(text: &str) -> Option<usize> {
    const LONGEST_COMMENT: usize = 4096;
    let inside = text.strip_prefix("<!--")?;
    let mut reach = inside.len().min(LONGEST_COMMENT);
    while !inside.is_char_boundary(reach) {
        reach -= 1;
    }
    Some(inside[..reach].find("-->")? + "<!---->".len())
}

/// The name of the tag that `text` begins with, and the tag's length.
fn tag(text: &str) -> Option<(String, usize)> {
    const LONGEST_TAG: usize = 512;
    let inside = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let name: String =
        inside.chars().take_while(char::is_ascii_alphanumeric).take(8).map(|c| c.to_ascii_lowercase()).collect();
    let after = inside.as_bytes().get(name.len())?;
    if name.is_empty() || !matches!(after, b'>' | b'/' | b' ' | b'\t') {
        return None;
    }
    let end = text.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    Some((name, end + 1))
}

fn is_heading(name: &str) -> bool {
    name.len() == 2 && name.starts_with('h') && name.ends_with(|c: char| ('1'..='6').contains(&c))
}

/// The words of the image that `text` begins with, and how long all of it is.
fn image(text: &str) -> Option<(&str, usize)> {
    const LONGEST_IMAGE: usize = 1024;
    let near = |text: &str, c: u8| text.bytes().take(LONGEST_IMAGE).position(|byte| byte == c);
    let inside = text.strip_prefix("![")?;
    let words = near(inside, b']')?;
    let address = inside[words + 1..].strip_prefix('(')?;
    let end = near(address, b')')?;
    Some((&inside[..words], "![](".len() + words + end + ")".len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        paragraphs(line, 1, 0).into_iter().map(|passage| passage.text).collect()
    }

    #[test]
    fn markup_goes_and_words_stay() {
        for (name, line, expected) in [
            ("paragraphs", "<p>一。</p> <p>二。</p>", &["一。", "二。"][..]),
            ("line breaks", "一<br>二<br/>三<BR />四", &["一", "二", "三", "四"]),
            ("how words look", "**一、**<u>职责</u><span style=\"x\">分工</span>", &["一、职责分工"]),
            ("typed angle brackets", "《实施<公务员法>办法》", &["《实施<公务员法>办法》"]),
            ("typed angle brackets around letters", "《实施<WTO协定>办法》", &["《实施<WTO协定>办法》"]),
            ("less than", "面积<p且>q", &["面积<p且>q"]),
            ("entities and escapes", "1\\. A&amp;B&nbsp;C\\|D", &["1. A&B C|D"]),
            ("an image", "![](p1.png)职责![图](p2.png)!", &["职责图!"]),
            ("a comment", "职责<!-- 核对 -->分工", &["职责分工"]),
        ] {
            assert_eq!(texts(line), expected, "{name}");
        }
    }

    #[test]
    fn places_survive_markup() {
        let line = "<p>一&amp;**二**</p>";
        let passage = &paragraphs(line, 7, 100)[0];
        assert_eq!(passage.text, "一&二");
        let offsets: Vec<_> = passage.pieces.iter().map(|piece| (piece.start, piece.line, piece.offset)).collect();
        assert_eq!(offsets, [(0, 7, 103), (4, 7, 113)]);
    }

    #[test]
    fn a_long_line_is_cut_between_sentences() {
        let sentence = "泄露个人信息的。";
        let line = sentence.repeat(3 * LONG_PARAGRAPH / sentence.len());
        let paragraphs = paragraphs(&line, 1, 0);
        assert!((3..=4).contains(&paragraphs.len()));
        for paragraph in &paragraphs {
            assert!(paragraph.text.len() <= LONG_PARAGRAPH && paragraph.text.ends_with('。'));
        }
        assert_eq!(paragraphs.iter().map(|paragraph| paragraph.text.len()).sum::<usize>(), line.len());
    }
}
