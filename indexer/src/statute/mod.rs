//! From files to statutes.
//!
//! Nothing here fails and nothing is lost: every letter of the body is in the text of some article or paragraph, or in a
//! heading above one. What is left out on purpose: the title, the history (which is read), the words 目录, and page furniture.

mod label; // 第九十二条
mod line; // a source as lines

mod body; // divisions, articles, paragraphs
mod front; // title, history, version
mod rank; // level and issuer

mod detect; // is it a statute at all
mod jsonl; // an article a line

pub use detect::is_statute;
pub use jsonl::{is_jsonl, jsonl_statutes, parse_jsonl};
pub use rank::folder_level;

use std::path::Path;

use lawcite_core::statute::{Statute, Version};

use self::front::Front;
use self::line::Line;
use crate::source::SourceText;

/// What a Markdown file says it is, without its body having been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// As [`Statute::name`].
    pub name: String,
    /// As [`Statute::version`].
    pub version: Version,
    /// Whether it is one part of a statute, dated by its history alone: such parts have one version, the last of all.
    pub is_undated_part: bool,
}

/// Which statute a file holds.
pub fn identify(source: &SourceText) -> Identity {
    let (lines, body) = Line::head(source);
    let front = Front::read(&lines[..body]);
    let stem = source.path().file_stem().unwrap_or_default().to_string_lossy();
    let dated = front::date_of_file(&stem);
    Identity {
        name: front.name(&stem),
        is_undated_part: dated.is_none() && front.part.is_some(),
        version: dated.or_else(|| front.last_date()).into(),
    }
}

/// Reads a statute in Markdown or plain text. It never fails: what is odd is kept and reported in the statute's warnings,
/// which are in the order of the lines.
pub fn parse(source: &SourceText) -> Statute {
    let (lines, body) = Line::all(source);
    let front = Front::read(&lines[..body]);
    let path: &Path = source.path();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = front.name(&stem);
    let title = front.title.clone().unwrap_or_else(|| name.clone());
    let (entries, warnings) = body::read_body(&front, &lines[body..]);
    Statute {
        version: front::date_of_file(&stem).or_else(|| front.last_date()).into(),
        level: rank::level(&title, &front.history, path),
        issuer: rank::issuer(&title, &front.history),
        title,
        name,
        history: front.history,
        entries,
        warnings,
    }
}
