//! BM25 (Robertson and Zaragoza 2009, section 3.4), its parts computed once for a generation.

use tantivy::fieldnorm::FieldNormReader;

use super::weights::{B, EXACT, K1, MOST_FREQUENCY};

/// How much a token counts in a field, by how often it stands there and how long the field is.
pub(in crate::index) struct Saturation {
    /// By frequency from one, and by tantivy's class of length.
    values: Vec<[f32; 256]>,
}

impl Saturation {
    /// No token counts more, however often it stands somewhere.
    pub(in crate::index) const MOST: f32 = K1 + 1.0;

    /// For a field of so many tokens on average.
    pub(in crate::index) fn new(average_length: f32) -> Saturation {
        let value = |frequency: f32, class: usize| {
            let length = FieldNormReader::id_to_fieldnorm(u8::try_from(class).expect("there are 256 classes")) as f32;
            frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * length / average_length))
        };
        let row = |frequency: usize| std::array::from_fn(|class| value(frequency as f32, class));
        Saturation { values: (1..=MOST_FREQUENCY).map(row).collect() }
    }

    /// The class of a length in tokens.
    pub(in crate::index) fn class_of(tokens: u32) -> u8 {
        FieldNormReader::fieldnorm_to_id(tokens)
    }

    /// Between 0 and [`MOST`](Self::MOST).
    #[inline]
    pub(in crate::index) fn of(&self, frequency: u32, class: u8) -> f32 {
        self.values[(frequency.max(1) as usize - 1).min(MOST_FREQUENCY - 1)][usize::from(class)]
    }
}

/// How telling it is to have something that `frequency` of `units` units have; above zero.
pub(in crate::index) fn idf(frequency: usize, units: usize) -> f32 {
    (1.0 + (units as f32 - frequency as f32 + 0.5).max(0.0) / (frequency as f32 + 0.5)).ln()
}

/// What a phrase that must be there is worth, which `having` of `units` units have, where it stands `frequency` times.
pub(in crate::index) fn phrase_value(having: usize, units: usize, frequency: u32) -> f32 {
    EXACT * idf(having, units) * frequency as f32 * (K1 + 1.0) / (frequency as f32 + K1)
}
