//! A number for each chapter, as a query carries it to the cluster.

use serde_json::{Value, json};

/// Two letters a number, each of so many: as JSON two bytes a letter, none of which needs an escape.
const LETTERS: u32 = 1024;
/// The first of those letters.
const FIRST: u32 = 0x100;
/// The greatest number that two letters hold.
const MOST: u32 = LETTERS * LETTERS - 1;

/// What chapters are worth, rounded up in steps of a millionth of the most.
pub(super) struct Worth {
    letters: String,
    step: f64,
}

impl Worth {
    pub(super) fn new(values: &[f32]) -> Worth {
        let most = values.iter().copied().fold(0.0_f32, f32::max);
        let step = f64::from(most) / f64::from(MOST);
        let mut letters = String::with_capacity(4 * values.len());
        for &value in values {
            let steps = if step > 0.0 { (f64::from(value) / step).ceil().min(f64::from(MOST)) as u32 } else { 0 };
            for digit in [steps / LETTERS, steps % LETTERS] {
                letters.push(char::from_u32(FIRST + digit).expect("a letter between U+0100 and U+04FF"));
            }
        }
        Worth { letters, step }
    }

    /// The expression that looks it up.
    const LOOK_UP: &str = "((((String) params.worth).charAt(2 * (int) doc['around'].value) - 256) * 1024 \
        + ((String) params.worth).charAt(2 * (int) doc['around'].value + 1) - 256) * params.step";

    fn script(&self, source: &str) -> Value {
        json!({ "source": source, "params": { "worth": self.letters, "step": self.step } })
    }

    /// `query` with what stands around each unit added to its score.
    pub(super) fn added_to(&self, query: &Value) -> Value {
        let source = format!("_score + {}", Worth::LOOK_UP);
        json!({ "script_score": { "query": query, "script": self.script(&source) } })
    }

    /// All that stands around the units that are counted, added up.
    pub(super) fn sum(&self) -> Value {
        json!({ "sum": { "script": self.script(Worth::LOOK_UP) } })
    }
}
