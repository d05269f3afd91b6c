//! What a request may cost, and who waits when all want something at once.
//!
//! [`Limits`] are the numbers; [`Entrance`] keeps to them: [`guarded`] lets a request in or answers it at once, `admission` hands
//! out the places for searching, `body` reads what a client sends, `answers` bounds what it has not taken yet. What a connection may do before and after is
//! [`server`](crate::server)'s.

mod values; // the numbers

mod address; // whose request it is
mod admission; // who searches, who waits
mod answers; // what a client takes
mod body; // what a client sends
mod rate; // how often one may ask

mod entrance;

pub(crate) use address::Client;
pub(crate) use admission::{Admission, Slot};
pub(crate) use answers::counted;
pub(crate) use body::WholeBody;
pub(crate) use entrance::{Entrance, guarded};
pub use values::{ClientHeader, Limits};
