//! What no rule has understood: kept as text under the nearest duty or part, and reported.

use lawcite_core::responsibility::{Node, ResponsibilityList, Warning};
use lawcite_core::unit::Passage;

use super::coverage::Covered;
use super::join;
use crate::source::Block;

/// Adds to the list every stretch of `blocks` that is in none of its units.
pub(super) fn keep_leftovers(list: &mut ResponsibilityList, blocks: &[Block], covered: &Covered) {
    let mut texts: Vec<Passage> = Vec::new();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                for missing in covered.missing(text) {
                    // Lines of what is not understood are cut by pages, too.
                    join::add_paragraph(&mut texts, &missing, false);
                }
            }
            Block::Table(table) => {
                for row in &table.rows {
                    let paragraphs = row.cells.iter().flat_map(|cell| &cell.paragraphs);
                    let mut text = Passage::default();
                    for missing in paragraphs.flat_map(|paragraph| covered.missing(paragraph)) {
                        text.append(if text.is_empty() { "" } else { "\n" }, &missing);
                    }
                    if !text.is_empty() {
                        texts.push(text);
                    }
                }
            }
        }
    }
    for text in texts {
        keep(list, text);
    }
}

fn keep(list: &mut ResponsibilityList, text: Passage) {
    const SHOWN: usize = 20;
    let shown: String = text.text.chars().take(SHOWN).collect();
    list.warnings.push(Warning {
        line: text.line(),
        message: format!("not understood, kept as text: {}", shown.replace('\n', " ")),
    });
    let at = text.pieces.first().map_or(0, |piece| piece.offset);
    let (parent, paras) = nearest(list, at);
    paras.push(Node { id: format!("{parent}/para/{}", paras.len() + 1), text });
}

/// The last duty or part that begins before byte `at`, or the document.
fn nearest(list: &mut ResponsibilityList, at: u32) -> (String, &mut Vec<Node>) {
    let begins = |title: &Passage| title.pieces.first().map(|piece| piece.offset).filter(|&offset| offset <= at);
    let part = list.parts.iter().rposition(|part| begins(&part.title).is_some());
    let duty = list.duties.iter().rposition(|duty| begins(&duty.title).is_some());
    let part_at = part.and_then(|index| begins(&list.parts[index].title));
    let duty_at = duty.and_then(|index| begins(&list.duties[index].title));
    match (part, duty) {
        (_, Some(index)) if duty_at >= part_at => (list.duties[index].id.clone(), &mut list.duties[index].paras),
        (Some(index), _) => (list.parts[index].id.clone(), &mut list.parts[index].paras),
        (None, _) => (list.id.clone(), &mut list.paras),
    }
}
