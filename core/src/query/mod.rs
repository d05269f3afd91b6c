//! From what the user typed to what we want from an index.
//!
//! Four types, never confused: the text as typed, the [`Interpretation`] (what was understood, step by step, to be
//! shown and switched off), the [`QueryPlan`] (what an index is asked, in no engine's terms), and the engine's own query,
//! which nothing here knows.

mod crime; // whether a question is about it
mod english; // base forms and function words
mod function_words; // Chinese ones
mod han; // Chinese words as concepts
mod intent;
mod interpretation;
mod latin; // English words and pinyin as concepts
mod look_alikes; // characters taken for one another
mod places; // of the law
mod plan;
mod syntax; // quotes and minus signs
mod understand;

#[cfg(test)]
mod tests;

pub use interpretation::{Alternative, CitedPlace, Concept, Intent, Interpretation, Language, Origin, Sought};
pub use plan::{
    Filter, Gram, GramField, Phrase, PlanOptions, PlannedAlternative, PlannedConcept, QueryPlan, Versions, Window,
};
pub use syntax::QueryError;
pub use understand::{StatuteName, UnderstandOptions, Vocabulary, understand};
