//! Who is liable in the words of a list of rows: the ladder of 追责对象范围 and the circumstances of 追责情形.

use lawcite_core::index::{self, Index, IndexError};
use lawcite_core::liability::liability;
use lawcite_core::responsibility::Column;
use lawcite_core::text::Span;
use lawcite_core::unit::Detail;

use super::answer::{AnswerGround, Said, clause};
use super::asked::Asked;
use super::row::{Row, row};
use super::search::{AppliesTo, Segment};
use super::shared::{Labelled, document_of};

/// So many rows are named that a circumstance belongs to.
const MOST_ROWS: usize = 5;

/// What a row, or a circumstance of rows, says about who is liable; `None` if neither names anybody or any circumstance.
pub(super) fn ground(index: &Index, asked: &Asked<'_>, hit: &index::Hit) -> Result<Option<AnswerGround>, IndexError> {
    let Some((row, applies_to)) = row_of(index, hit)? else { return Ok(None) };
    if row.persons.is_empty() && row.circumstances.is_empty() {
        return Ok(None);
    }
    let clause = case(&row, asked, hit).unwrap_or_else(|| clause(hit));
    let found: String = clause.iter().map(|segment| segment.text.as_str()).collect();
    let circumstances: Vec<&str> = row
        .fields
        .iter()
        .filter(|field| field.column == Column::Circumstances)
        .map(|field| field.text.as_str())
        .collect();
    let text = circumstances.join("\n");
    let said = Said::new(&text, liability(&text, &[&found]));
    let ground = said.ground(&hit.unit, None, clause);
    let issuer = index.header(document_of(&hit.unit.id)).and_then(|header| header.issuer.clone());
    Ok(Some(AnswerGround { listed_by: issuer, ladder: row.persons, applies_to: Some(applies_to), ..ground }))
}

/// The circumstance of a row that has most of what is asked, of equal ones the first; of those that were found, if some were. A
/// row is found by its name; in which cases somebody is liable for it stands in its circumstances.
fn case(row: &Row, asked: &Asked<'_>, hit: &index::Hit) -> Option<Vec<Segment>> {
    let all = || row.circumstances.iter().filter(|words| !words.ends_with(['：', ':']));
    let found: Vec<&String> = all().filter(|words| hit.unit.passage.text.contains(words.as_str())).collect();
    let circumstances = if found.is_empty() { all().collect() } else { found };
    let cases = circumstances.into_iter().map(|words| asked.marked(words, &[Span::new(0, words.len())]));
    let marked = |case: &Vec<Segment>| -> usize {
        case.iter().filter(|segment| segment.marked).map(|segment| segment.text.len()).sum()
    };
    // Of equal ones the last is taken, hence the order.
    cases.rev().max_by_key(marked)
}

/// The row that a hit is, or the first of those that have a circumstance.
fn row_of(index: &Index, hit: &index::Hit) -> Result<Option<(Row, AppliesTo)>, IndexError> {
    match &hit.unit.detail {
        Detail::Row { .. } => {
            let Some(row) = row(index, &hit.unit)? else { return Ok(None) };
            let label = row.sub_item.as_ref().map_or(row.name.clone(), |sub| format!("{} {sub}", row.name));
            let own = Labelled { id: Some(row.id.clone()), label };
            Ok(Some((row, AppliesTo { column: Column::Name, rows: vec![own], total: 1 })))
        }
        Detail::Cell { column: Column::Circumstances | Column::Persons, .. } => {
            let Some(mut applies_to) = AppliesTo::of(index, &hit.unit, MOST_ROWS)? else { return Ok(None) };
            applies_to.total += hit.also_rows;
            let first = applies_to.rows.first().and_then(|row| row.id.clone());
            let unit = first.map(|id| index.unit(&id)).transpose()?.flatten();
            let row = unit.map(|unit| row(index, &unit)).transpose()?.flatten();
            Ok(row.map(|row| (row, applies_to)))
        }
        _ => Ok(None),
    }
}
