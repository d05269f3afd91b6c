//! `lawcite serve`.

use anyhow::Context;
use lawcite_core::index::IndexFolder;
use lawcite_search_api::links::Links;
use lawcite_search_api::{AppState, Origins, serve, shutdown_signal};
use tokio::net::TcpListener;

use crate::arguments::ServeArguments;
use crate::build::build_missing;

pub(crate) fn run(arguments: &ServeArguments) -> anyhow::Result<()> {
    let index = &arguments.index.path;
    if IndexFolder::new(index).current()?.is_none() {
        build_missing(&arguments.seeds, index)?;
    }
    let links = match &arguments.public_url {
        Some(url) => Links::public(url)?,
        None => Links::relative(),
    };
    let origins = Origins::new(&arguments.allow_origin)?;
    let state = AppState::open(index, links)?.allowing(origins);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(arguments.listen).await.with_context(|| {
            format!("cannot listen on {}: choose another address with `--listen`", arguments.listen)
        })?;
        eprintln!("lawcite serves http://{}/ (stop with ctrl-c)", listener.local_addr()?);
        serve(listener, state, shutdown_signal()).await?;
        Ok(())
    })
}
