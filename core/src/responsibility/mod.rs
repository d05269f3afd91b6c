//! A responsibility list (责任清单) as a tree, and the tree as units and back.

mod rebuild; // units → tree
mod tree;
mod units; // tree → units

pub use crate::document::{DocumentHeader, Warning};
pub use rebuild::MisplacedUnit;
pub use tree::{
    AccountabilitySection, AccountabilitySubsection, Boundary, Chapter, Circumstance, Citation, Duty, Item, ListItem,
    Node, Part, Provision, ResponsibilityList, Section, Service,
};
