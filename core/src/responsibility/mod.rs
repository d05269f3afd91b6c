//! A responsibility list (责任清单) as a tree, and the tree as units and back.

mod rebuild; // units → tree
mod row; // rows of a table
mod steps; // what is numbered within a line
mod tree;
mod units; // tree → units

pub use crate::document::{DocumentHeader, Warning};
pub use rebuild::MisplacedUnit;
pub use row::{Column, Field, FieldLine, FieldWords, ListRow, RowCell};
pub use steps::steps;
pub use tree::{
    AccountabilitySection, AccountabilitySubsection, Boundary, Chapter, Circumstance, Citation, Duty, Item, ListItem,
    Node, Part, Provision, ResponsibilityList, Section, Service,
};
