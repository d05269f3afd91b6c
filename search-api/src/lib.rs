//! Serves the index over HTTP: the API, plain pages, and nothing that writes.
//!
//! [`wire`] turns what the index says into the API's JSON and knows nothing of HTTP, so that the command line prints the
//! same; [`links`] builds every address; [`app()`] joins the routes; [`serve()`] runs them until it is told to stop.
//!
//! > **Invariant.** This crate reads `index/` and nothing else, and never writes it. No path from a request reaches the file
//! > system: pages, scripts and styles are part of the program, and what is read of the index is found by identifier in it.

pub mod wire; // what goes over the wire

pub mod export; // answers as tables for spreadsheets
pub mod links; // addresses, in one place

mod origins; // sites that may read the API

mod background; // work that gives way to requests
mod follow; // what is published
mod live; // the generation that serves
mod state;

mod limits; // what a request may cost
mod metrics; // how the server is doing, in numbers
mod missed; // queries that found nothing
mod observe; // what is seen of each request

mod parameters; // query strings, read strictly
mod problem; // what went wrong, as the caller sees it

mod api; // routes under /api/v1
mod operation; // routes that operators look at
mod pages; // routes that people look at
mod widget; // for pages of other sites

mod app;
mod server; // from sockets to the service

pub use app::app;
pub use follow::survive_hangups;
pub use limits::{ClientHeader, Limits};
pub use missed::{MissedQueries, MissedQueriesError, MissedQuery};
pub use observe::AccessLog;
pub use origins::{OriginError, Origins};
pub use problem::{ApiError, Problem};
pub use server::{Listeners, serve, shutdown_signal};
pub use state::AppState;
