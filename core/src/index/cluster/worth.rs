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

#[cfg(test)]
mod tests {
    use super::*;

    /// What the expression looks up, reckoned here.
    fn looked_up(worth: &Worth, number: usize) -> f64 {
        let letters: Vec<f64> = worth.letters.chars().map(|letter| f64::from(u32::from(letter)) - 256.0).collect();
        (letters[2 * number] * 1024.0 + letters[2 * number + 1]) * worth.step
    }

    #[test]
    fn what_is_carried_is_the_worth_or_a_little_more() {
        let values = [0.0, 1e-9, 0.003, 0.5, 1.0, 7.25, 12.125, 12.124_999];
        let worth = Worth::new(&values);
        for (number, &value) in values.iter().enumerate() {
            let (carried, value) = (looked_up(&worth, number), f64::from(value));
            assert!((value..=value + worth.step).contains(&(carried + 1e-12)), "{value} is carried as {carried}");
        }
        assert_eq!(looked_up(&Worth::new(&[0.0, 0.0]), 1), 0.0, "nothing is worth anything");
    }

    #[test]
    fn letters_need_no_escape() {
        let worth = Worth::new(&(0..5000).map(|n| n as f32).collect::<Vec<_>>());
        assert_eq!(json!(worth.letters).to_string().len(), 2 + 4 * 5000);
    }
}
