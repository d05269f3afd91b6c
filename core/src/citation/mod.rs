//! Citations of Chinese law: find what is written, resolve what it means.
//!
//! [`find_mentions`] reads a text once and reports every place that cites a statute, a provision or a document number,
//! with its exact span. It does not look anything up: what a mention means in a corpus of statutes is for [`resolve`] to say.

mod find; // the pass that joins all below

mod mention; // what is found
mod names; // all known names in one pass
mod path; // 条, 款, 项, 目 as numbers

mod bare; // names without 《》
mod definition; // 以下简称
mod number; // 国务院令第423号, 鲁政办发〔2011〕48号
mod promulgation; // （2010年10月通过）
mod provision; // 第二十六条第二款、第三款
mod reference; // 本法, 前款
mod title; // 《…》 and what may stand inside

mod carry; // which statute 第九十三条 and 本法 mean
mod layout; // the head of an entry, or mid-sentence
mod scan; // reading forward and back over blanks

pub mod resolve; // what a mention means in a corpus

mod canonical; // the one spelling of a citation
mod wire; // a mention as programs outside see it

#[cfg(test)]
mod hostile; // texts made to take long

pub use canonical::{Canonical, parse_canonical};
pub use find::{Context, find_mentions, find_mentions_in};
pub use mention::{Mention, MentionKind};
pub use names::NameIndex;
pub use path::{PartPath, ProvisionPath};
pub use promulgation::{Amendment, Promulgation, find_promulgation};
pub use provision::{CitedProvision, Division, DivisionLevel, scan_provision};
pub use title::statute_key;
pub use wire::{WireMention, WirePlace};
