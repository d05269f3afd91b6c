//! Pages as blocks: tables, headings, lines. Pages that break off are read as far as they go.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use lawcite_core::unit::Passage;

use super::block::{Block, Table};
use super::grid::{Places, TooMuch};
use super::table::{Down, OpenTable};
use super::workbook::Unreadable;

/// Tables in tables beyond this are read as one.
const DEEPEST: usize = 32;

/// Whether a text is a page: old programs save those as `.xls`, too.
pub(super) fn is_page(text: &str) -> bool {
    const HEAD: usize = 1024;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !text.starts_with('<') {
        return false;
    }
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<meta", "<table"].iter().any(|tag| head.contains(tag))
}

/// The blocks of a page. Scripts are not run, and nothing is fetched.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, Unreadable> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    // It stops before the end only where its sink wants a script run, and this one never does.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.page.into_inner().finish().map_err(Unreadable::from)
}

#[derive(Default)]
struct Sink {
    page: RefCell<Page>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.page.borrow_mut();
        page.line = u32::try_from(line).unwrap_or(u32::MAX);
        match token {
            Token::TagToken(tag) => {
                let raw = page.tag(&tag);
                return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            Token::CharacterTokens(text) => page.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A page as far as it was read.
#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    tables: Vec<OpenTable>,
    /// The line of text outside tables, and of which level its heading is.
    text: String,
    begins: u32,
    level: u8,
    in_title: bool,
    /// What is shown to nobody, or on every page of a site: by tag, with how many are open.
    left_out: Option<(String, u32)>,
    line: u32,
    /// Blanks were read that may mean one, and whether a line break was among them.
    blank: Option<bool>,
    places: Places,
    too_much: Option<TooMuch>,
}

impl Page {
    /// Reads a tag; says how its content is to be read, if not as markup.
    fn tag(&mut self, tag: &Tag) -> Option<RawKind> {
        let name = &*tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some((left_out, depth)) = &mut self.left_out {
            if left_out == name && !tag.self_closing {
                *depth = if opens { *depth + 1 } else { *depth - 1 };
                if *depth == 0 {
                    self.left_out = None;
                }
            }
            return None;
        }
        match name {
            "script" | "style" | "noscript" | "iframe" | "nav" | "footer" | "select" | "button" | "template"
            | "svg"
                if opens && !tag.self_closing =>
            {
                self.left_out = Some((name.to_owned(), 1));
                return match name {
                    "script" => Some(RawKind::ScriptData),
                    "style" | "iframe" => Some(RawKind::Rawtext),
                    _ => None,
                };
            }
            "title" if opens => {
                self.end_line();
                self.level = 1;
                self.in_title = true;
                return Some(RawKind::Rcdata);
            }
            "table" if opens => {
                self.end_line();
                if self.tables.len() < DEEPEST {
                    self.tables.push(OpenTable::default());
                }
            }
            "table" => self.end_table(),
            "tr" => {
                self.end_cell();
                let line = self.line;
                if let Some(table) = self.tables.last_mut().filter(|_| opens && !is_hidden(tag)) {
                    table.begin_row(line);
                } else if opens && is_hidden(tag) {
                    self.left_out = Some((name.to_owned(), 1));
                }
            }
            "td" | "th" => {
                self.end_cell();
                let line = self.line;
                if opens
                    && !is_hidden(tag)
                    && let Some(table) = self.tables.last_mut()
                {
                    let rows = number(tag, "rowspan");
                    // 0 reaches to the end of the table.
                    let rows = if rows == 0 { u32::MAX } else { rows };
                    table.begin_cell(number(tag, "colspan"), Down::Rows(rows), line);
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line();
                self.level = if opens { name.as_bytes()[1] - b'0' } else { 0 };
            }
            "p" | "br" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "hr" | "center" | "section" | "article"
            | "caption" | "header" | "main" | "body" | "form" | "pre" | "blockquote" => self.end_line(),
            "title" => self.end_line(),
            _ => {}
        }
        None
    }

    fn text(&mut self, words: &str) {
        if self.left_out.is_some() {
            return;
        }
        if self.text.is_empty() {
            self.begins = self.line;
        }
        let text = match self.tables.last_mut().and_then(OpenTable::text) {
            Some(cell) => cell,
            None => &mut self.text,
        };
        for c in words.chars() {
            if c.is_whitespace() && c != '\u{3000}' {
                let is_break = matches!(c, '\n' | '\r' | '\t');
                self.blank = Some(self.blank.unwrap_or(false) || is_break);
                continue;
            }
            // A line break of the source is a blank between words, and nothing between Han characters.
            let between_words = c.is_ascii() && text.ends_with(|c: char| c.is_ascii());
            if self.blank.take().is_some_and(|is_break| !is_break || between_words)
                && !text.is_empty()
                && !text.ends_with('\n')
            {
                text.push(' ');
            }
            text.push(c);
        }
    }

    /// Ends a line: of a cell, or of the page.
    fn end_line(&mut self) {
        self.blank = None;
        if let Some(cell) = self.tables.last_mut().and_then(OpenTable::text) {
            if !cell.is_empty() && !cell.ends_with('\n') {
                cell.push('\n');
            }
            return;
        }
        let mut text = std::mem::take(&mut self.text);
        if std::mem::take(&mut self.in_title)
            && let Some(site) = text.find(['_', '|'])
        {
            // Behind the page's own title stands that of the site.
            text.truncate(site);
        }
        let level = std::mem::take(&mut self.level);
        match self.places.paragraphs(&text, self.begins.max(1)) {
            Ok(paragraphs) => self.blocks.extend(paragraphs.into_iter().map(|text| block(level, text))),
            Err(much) => self.too_much = Some(much),
        }
    }

    fn end_cell(&mut self) {
        self.blank = None;
        let ended = self.tables.last_mut().map(|table| table.end_cell(&mut self.places));
        self.note(ended.unwrap_or(Ok(())));
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        match table.close(&mut self.places) {
            Ok(rows) if rows.is_empty() => {}
            Ok(rows) => self.blocks.push(Block::Table(Table { sheet: None, rows })),
            Err(much) => self.too_much = Some(much),
        }
    }

    fn note(&mut self, result: Result<(), TooMuch>) {
        if let Err(much) = result {
            self.too_much = Some(much);
        }
    }

    fn finish(mut self) -> Result<Vec<Block>, TooMuch> {
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.end_line();
        self.too_much.map_or(Ok(self.blocks), Err)
    }
}

fn block(level: u8, text: Passage) -> Block {
    if level == 0 { Block::Paragraph(text) } else { Block::Heading { level, text } }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn number(tag: &Tag, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1)
}

fn is_hidden(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let bare: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    attribute(tag, "hidden").is_some() || bare.to_lowercase().contains("display:none")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::block::Merged;

    /// One line a block: `h1 words`, `words`, `| cell | cell |`.
    fn outline(page: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for block in blocks(page).expect("it is small") {
            match block {
                Block::Heading { level, text } => lines.push(format!("h{level} {}", text.text)),
                Block::Paragraph(text) => lines.push(text.text),
                Block::Table(table) => lines.extend(table.rows.iter().map(|row| {
                    let cells = row.cells.iter().map(|cell| match cell.merged {
                        Some(Merged::Above) => "^".to_owned(),
                        Some(Merged::Left) => "<".to_owned(),
                        None => cell.paragraphs.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" / "),
                    });
                    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
                })),
            }
        }
        lines
    }

    #[test]
    fn pages_become_blocks() {
        for (name, page, expected) in [
            (
                "a table with merged cells",
                "<!DOCTYPE html><html><head><title>某局权责清单</title><script>if (a<b) x('<td>')</script></head><body>
                 <table><tr><th rowspan=2>序号</th><th colspan='2'>责任</th></tr><tr><th>内容<th>依据</tr>
                 <tr><td>1<td><p>一、受理。</p><p>二、审查。</p><td>《许可法》</table><p>注：试行</p>",
                &[
                    "h1 某局权责清单",
                    "| 序号 | 责任 | < |",
                    "| ^ | 内容 | 依据 |",
                    "| 1 | 一、受理。 / 二、审查。 | 《许可法》 |",
                    "注：试行",
                ][..],
            ),
            (
                "a page that breaks off",
                "<table><tr><td>事项名称</td><td>药品经营许可</td></tr><tr><td>实施依",
                &["| 事项名称 | 药品经营许可 |", "| 实施依 |"],
            ),
            (
                "a table in a table",
                "<table><tr><td>导航<table><tr><td>1<td>2</table></td></tr></table>",
                &["| 1 | 2 |", "| 导航 |"],
            ),
            (
                "what is not shown",
                "<nav>首页</nav><table><tr style='display: none'><td>x</td></tr><tr><td>a<td>b</table>",
                &["| a | b |"],
            ),
            (
                "line breaks of the source",
                "<p>依法\n   实施，not\nto be</p>A&amp;B&nbsp;<br>《<b>法</b>》",
                &["依法实施，not to be", "A&B", "《法》"],
            ),
        ] {
            assert_eq!(outline(page), expected, "{name}");
        }
    }

    #[test]
    fn pages_are_told_from_text_with_markup() {
        assert!(is_page("\u{feff}\n<!DOCTYPE HTML PUBLIC>"));
        assert!(is_page("<table border=1><tr>"));
        assert!(!is_page("<p>一、部门职责</p>\n| 序号 |"));
        assert!(!is_page("责任清单 <html>"));
    }

    #[test]
    fn cells_that_claim_too_much_are_bounded() {
        let page = format!("<table>{}", "<tr><td rowspan=99999999 colspan=99999999>1</td></tr>".repeat(2000));
        assert!(blocks(&page).is_ok());
        assert!(blocks(&"<table><tr><td>".repeat(20_000)).is_ok());
    }
}
