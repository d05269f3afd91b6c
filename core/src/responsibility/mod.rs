//! A responsibility list (责任清单) as a tree.

mod tree;

pub use tree::{
    AccountabilitySection, AccountabilitySubsection, Boundary, Chapter, Circumstance, Citation, Duty, Item, ListItem,
    Node, Part, Provision, ResponsibilityList, Section, Service, Warning,
};
