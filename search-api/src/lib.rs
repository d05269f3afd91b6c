//! Serves the index over HTTP: the API, plain pages, and nothing that writes.
//!
//! [`wire`] turns what the index says into the API's JSON and knows nothing of HTTP, so that the command line prints the
//! same; [`links`] builds every address; [`app()`] joins the routes; [`serve()`] runs them until it is told to stop.
//!
//! > **Invariant.** This crate reads `index/` and nothing else, and never writes it.

pub mod wire; // what goes over the wire

pub mod export; // answers as tables for spreadsheets
pub mod links; // addresses, in one place

mod origins; // sites that may read the API

mod follow; // what is published
mod live; // the generation that serves
mod state;

mod api; // routes under /api/v1
mod pages; // routes that people look at
mod parameters; // query strings, read strictly
mod problem;
mod widget; // for pages of other sites // what went wrong, as the caller sees it

mod app;
mod serve;

pub use app::app;
pub use origins::{OriginError, Origins};
pub use problem::{ApiError, Problem};
pub use serve::{serve, shutdown_signal};
pub use state::AppState;
