//! How well the extractor finds what people found by reading: `tests/quality/citations/SCORES.md`.
//!
//! Two sets are scored: the gold set, which was looked at while rules were written, and the holdout, which was not.
//!
//! A change of the extractor that moves a figure fails here until the table is written anew, so that a diff shows which
//! mentions it gained and lost: `LAWCITE_BLESS=1 cargo test --test quality_citations`. What is annotated and how is told
//! by `CONVENTIONS.md` beside the table. The texts are data that the repository does not have; without them nothing is
//! measured.

mod support;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};
use lawcite_core::citation::{Mention, MentionKind, NameIndex, WireMention, WirePlace, find_mentions, statute_key};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use support::{root, shared_data, statutes};

const FOLDER: &str = "tests/quality/citations";
const COMMAND: &str = "LAWCITE_BLESS=1 cargo test --test quality_citations";

/// The forms in the order of the table. The label of an article cites nothing and is counted apart.
const FORMS: [&str; 10] =
    ["named-provision", "named-title", "bare", "carried", "self", "relative", "list", "range", "number", LABEL];
const LABEL: &str = "label";

/// Annotated texts that are scored together.
struct Set {
    title: &'static str,
    sample: &'static str,
    annotations: &'static str,
}

const SETS: [Set; 2] = [
    Set { title: "The gold set", sample: "sample.jsonl", annotations: "gold.jsonl" },
    Set { title: "The holdout", sample: "holdout-sample.jsonl", annotations: "holdout.jsonl" },
];

#[derive(Deserialize)]
struct Sampled {
    text_id: String,
    file: String,
    sha256: String,
    #[serde(flatten)]
    source: Source,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Cell { sheet: String, row: u32, col: u32 },
    Lines { line_start: usize, line_end: usize },
}

#[derive(Deserialize)]
struct Annotated {
    text_id: String,
    #[serde(flatten)]
    cited: Cited,
    form: String,
}

/// What an annotation and the extractor must agree in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Cited {
    start: usize,
    end: usize,
    text: String,
    kind: MentionKind,
    statute: Option<String>,
    number: Option<String>,
    provisions: Vec<Place>,
}

/// A provision; 前款第二项 does not say of which article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
struct Place {
    article: Option<u16>,
    suffix: Option<u16>,
    paragraph: Option<u16>,
    item: Option<u16>,
    subitem: Option<u16>,
}

#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    right: usize,
}

#[test]
fn the_extractor_scores_as_the_table_says() {
    let Some(data) = shared_data(".") else { return };
    let table = root(FOLDER).join("SCORES.md");
    let names = statutes::names(&data, &root("seeds/lexicon"));
    let mut texts = Texts::default();
    let scored = SETS.iter().fold(introduction(), |table, set| table + &score(set, &data, &names, &mut texts));
    if std::env::var_os("LAWCITE_BLESS").is_some() {
        std::fs::write(&table, &scored).expect("the table can be written");
        return;
    }
    let committed = std::fs::read_to_string(&table).unwrap_or_default();
    if committed != scored {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
        let (before, after) = (lines(&committed), lines(&scored));
        let mut changes = String::new();
        before.difference(&after).for_each(|line| writeln!(changes, "- {line}").expect("a string"));
        after.difference(&before).for_each(|line| writeln!(changes, "+ {line}").expect("a string"));
        panic!("the figures are no longer those of {FOLDER}/SCORES.md; if that is meant, run `{COMMAND}`\n{changes}");
    }
}

fn introduction() -> String {
    format!(
        "# What the extractor finds of what people found\n\n\
         Written by `{COMMAND}`; not edited by hand. A mention is right where span, kind,\n\
         statute (〈〉 for <>, （） for ()), number and provisions are all those annotated. Labels (`第六十九条 违反…` in a statute's own text) cite nothing and are in\n\
         no total.\n\n\
         Of the differences, `differs`: the words are found and mean something else; `missed`: not found with these ends and of this kind; `false`: found\n\
         and not annotated.\n"
    )
}

/// Runs the extractor over the texts of a set and writes its tables.
fn score(set: &Set, data: &Path, names: &NameIndex, texts: &mut Texts) -> String {
    let mut gold: HashMap<String, Vec<Annotated>> = HashMap::new();
    for mut annotated in read::<Annotated>(set.annotations) {
        // Annotations keep the brackets inside a title as printed; <> and 〈〉 are one statute.
        annotated.cited.statute = annotated.cited.statute.map(|statute| statute_key(&statute));
        gold.entry(annotated.text_id.clone()).or_default().push(annotated);
    }
    let mut scores: BTreeMap<&str, Score> = FORMS.iter().map(|form| (*form, Score::default())).collect();
    let mut differences = String::new();
    for sampled in read::<Sampled>(set.sample) {
        let text = texts.of(data, &sampled);
        let statute_text = matches!(sampled.source, Source::Lines { .. });
        // A passage is read without being told whose it is, as its annotators read it: 本法 and 第三条 have a statute
        // where the passage says so.
        let mentions = find_mentions(&text, names);
        let found: Vec<(Cited, &Mention)> =
            WireMention::all(&text, &mentions).into_iter().map(cited).zip(&mentions).collect();
        let gold = gold.remove(&sampled.text_id).unwrap_or_default();
        let mut lines: Vec<(usize, String)> = Vec::new();
        for annotated in &gold {
            let form = FORMS.iter().find(|form| **form == annotated.form).expect("a form of the conventions");
            let score = scores.get_mut(form).expect("every form has a line");
            score.gold += 1;
            let same_place = found.iter().find(|(cited, _)| is_there(cited, &annotated.cited));
            match same_place {
                Some((cited, _)) if *cited == annotated.cited => score.right += 1,
                Some((cited, _)) => lines.push((
                    annotated.cited.start,
                    format!("differs | {form} | {} | {}", shown(&annotated.cited), meaning(cited)),
                )),
                None => {
                    lines.push((annotated.cited.start, format!("missed | {form} | {} | ", shown(&annotated.cited))));
                }
            }
        }
        for (cited, mention) in &found {
            let same_place = gold.iter().find(|annotated| is_there(cited, &annotated.cited));
            let form = match same_place {
                Some(annotated) => FORMS.into_iter().find(|form| *form == annotated.form).expect("a form"),
                None => form(&text, statute_text, mention),
            };
            scores.get_mut(form).expect("every form has a line").found += 1;
            if same_place.is_none() {
                lines.push((cited.start, format!("false | {form} | {} | ", shown(cited))));
            }
        }
        lines.sort();
        for (_, line) in lines {
            writeln!(differences, "| {} | {line}|", sampled.text_id).expect("a string");
        }
    }
    assert!(gold.is_empty(), "annotations of texts that are not in the sample: {:?}", gold.keys());
    written(set.title, &scores, &differences)
}

fn written(title: &str, scores: &BTreeMap<&str, Score>, differences: &str) -> String {
    let mut table = format!(
        "\n## {title}\n\n\
         | form | annotated | found | right | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    let mut all = Score::default();
    let mut rest = Score::default();
    for form in FORMS {
        let score = &scores[form];
        line(&mut table, &format!("`{form}`"), score);
        let totals: &mut [&mut Score] = match form {
            LABEL => &mut [],
            "named-provision" => &mut [&mut all],
            _ => &mut [&mut all, &mut rest],
        };
        for total in totals {
            total.gold += score.gold;
            total.found += score.found;
            total.right += score.right;
        }
    }
    line(&mut table, "all but `named-provision`", &rest);
    line(&mut table, "all", &all);
    table += "\n| text | | form | annotated (or found) | found |\n| --- | --- | --- | --- | --- |\n";
    table + differences
}

fn line(table: &mut String, name: &str, score: &Score) {
    let ratio = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let (precision, recall) = (ratio(score.right, score.found), ratio(score.right, score.gold));
    let f1 = ratio(2 * score.right, score.found + score.gold);
    writeln!(
        table,
        "| {name} | {} | {} | {} | {precision:.3} | {recall:.3} | {f1:.3} |",
        score.gold, score.found, score.right
    )
    .expect("a string");
}

fn is_there(one: &Cited, other: &Cited) -> bool {
    (one.start, one.end, one.kind) == (other.start, other.end, other.kind)
}

fn cited(wire: WireMention) -> Cited {
    let WireMention { start, end, text, kind, statute, number, provisions, .. } = wire;
    let place = |place: WirePlace| {
        let WirePlace { article, suffix, paragraph, item, subitem } = place;
        Place { article, suffix, paragraph, item, subitem }
    };
    Cited { start, end, text, kind, statute, number, provisions: provisions.into_iter().map(place).collect() }
}

/// The form of a mention that nobody annotated; of one that is, the annotation says it.
fn form(text: &str, statute_text: bool, mention: &Mention) -> &'static str {
    let start = mention.span.start as usize;
    let begins_line = text[..start].trim_end_matches([' ', '\u{3000}', '#', '*']).chars().next_back();
    let is_range = mention.provisions.windows(2).any(|pair| pair[0].span == pair[1].span);
    match (mention.kind, mention.provisions.len()) {
        (MentionKind::Number, _) => "number",
        (MentionKind::Relative, _) => "relative",
        (MentionKind::Carried, _) if statute_text && matches!(begins_line, None | Some('\n')) => LABEL,
        (_, 2..) if is_range => "range",
        (_, 2..) => "list",
        (MentionKind::Named, 0) => "named-title",
        (MentionKind::Named, _) => "named-provision",
        (MentionKind::Bare, _) => "bare",
        (MentionKind::Carried, _) => "carried",
        (MentionKind::SelfReference, _) => "self",
    }
}

/// `self 本法第八条 → 植物检疫条例 8`
fn shown(cited: &Cited) -> String {
    const LONGEST: usize = 40;
    let mut words: String = cited.text.split_whitespace().collect::<Vec<_>>().join("⏎");
    let length = words.chars().count();
    if length > LONGEST {
        let head: String = words.chars().take(LONGEST / 2).collect();
        let tail: String = words.chars().skip(length - LONGEST / 2).collect();
        words = format!("{head}…{tail}");
    }
    format!("{} {words} → {}", cited.kind.name(), meaning(cited)).replace('|', "\\|")
}

fn meaning(cited: &Cited) -> String {
    let mut meaning = cited.statute.clone().or_else(|| cited.number.clone()).unwrap_or_else(|| "–".to_owned());
    for path in &cited.provisions {
        meaning += " ";
        let levels =
            [("", path.article), ("-", path.suffix), (".", path.paragraph), ("#", path.item), ("/", path.subitem)];
        for (sign, number) in levels {
            if let Some(number) = number {
                write!(meaning, "{sign}{number}").expect("a string");
            }
        }
    }
    meaning
}

/// The sampled texts; a workbook is opened once.
#[derive(Default)]
struct Texts {
    sheets: HashMap<(String, String), Range<Data>>,
}

impl Texts {
    fn of(&mut self, data: &Path, sampled: &Sampled) -> String {
        let path = data.join(&sampled.file);
        let text = match &sampled.source {
            Source::Cell { sheet, row, col } => {
                let key = (sampled.file.clone(), sheet.clone());
                let range = self.sheets.entry(key).or_insert_with(|| {
                    // By content: suffixes lie.
                    let bytes = std::fs::read(&path).expect("a workbook");
                    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).expect("a workbook");
                    workbook.worksheet_range(sheet).expect("a sheet")
                });
                match range.get_value((*row, *col)) {
                    Some(Data::String(text)) => text.clone(),
                    other => panic!("{} is no text: {other:?}", sampled.text_id),
                }
            }
            Source::Lines { line_start, line_end } => {
                let text = std::fs::read_to_string(&path).expect("a statute");
                let lines: Vec<&str> = text.split('\n').collect();
                lines[line_start - 1..*line_end].join("\n")
            }
        };
        let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, sampled.sha256, "{} is not the text that was annotated: {text:?}", sampled.text_id);
        text
    }
}

fn read<T: for<'de> Deserialize<'de>>(file: &str) -> Vec<T> {
    let text = std::fs::read_to_string(root(FOLDER).join(file)).expect("the gold set belongs to the repository");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of the gold set")).collect()
}
