//! `lawcite serve`.

use std::io::Write;
use std::time::Duration;

use anyhow::Context;
use lawcite_core::index::{IndexError, IndexFolder};
use lawcite_search_api::{AppState, Listeners, MissedQueries, Origins, serve, shutdown_signal, survive_hangups};
use tokio::net::TcpListener;

use crate::arguments::ServeArguments;
use crate::build::build_missing;
use crate::configuration::{Configuration, effective};
use crate::logs;
use crate::place::{Backend, place};

/// A search that nobody waits for any more is not waited for either.
const LEFT_TO_THREADS: Duration = Duration::from_secs(1);
/// How many requests ask a cluster at once, where nothing else is said.
const SEARCHES_OF_CLUSTER: usize = 16;
/// How soon a cluster is asked again that did not answer at the start.
const WAIT_FOR_CLUSTER: Duration = Duration::from_secs(2);

pub(crate) fn run(arguments: &ServeArguments) -> anyhow::Result<()> {
    // A variable without a value is how some managers of services leave one out.
    let environment = |variable: &str| {
        std::env::var_os(variable).filter(|text| !text.is_empty()).map(|text| text.to_string_lossy().into_owned())
    };
    let effective = effective(&arguments.given, environment, arguments.config.as_deref())?;
    if arguments.check_config {
        write!(std::io::stdout().lock(), "{effective}")?;
    }
    let configuration = effective.configuration;
    configuration.check()?;
    if arguments.check_config {
        return Ok(());
    }
    let _logs = logs::start_for_server(configuration.log_format, &configuration.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async { survive_hangups() });
    let state = open(&configuration)?;
    let served = runtime.block_on(async {
        let listeners = Listeners {
            public: listen(configuration.listen, "listen").await?,
            operation: match configuration.ops_listen {
                Some(address) => Some(listen(address, "ops-listen").await?),
                None => None,
            },
        };
        eprintln!("lawcite serves http://{}/ (stop with ctrl-c)", listeners.public.local_addr()?);
        if let Some(operation) = &listeners.operation {
            eprintln!("lawcite tells operators at http://{}/metrics", operation.local_addr()?);
        }
        serve(listeners, state, shutdown_signal()).await;
        Ok(())
    });
    runtime.shutdown_timeout(LEFT_TO_THREADS);
    served
}

fn open(configuration: &Configuration) -> anyhow::Result<AppState> {
    let index = &configuration.index;
    // Where what says which generation is current was lost, the newest serves.
    if configuration.backend == Backend::Embedded && IndexFolder::new(index).is_empty() {
        build_missing(&configuration.seeds, index)?;
    }
    let mut limits = configuration.limits.clone();
    if configuration.backend == Backend::Opensearch && limits.searches == 0 {
        // Who waits for a cluster keeps no core busy.
        limits.searches = SEARCHES_OF_CLUSTER;
    }
    let place = place(configuration.backend, index, &configuration.cluster)?;
    let mut state = patiently(|| Ok(AppState::open_at(place.clone(), configuration.links()?)?))?
        .allowing(Origins::new(&configuration.allow_origin)?)
        .limited(limits)
        .logging(configuration.access);
    if let Some(file) = &configuration.missed_queries {
        state = state.noting_missed(MissedQueries::new(file, configuration.missed_queries_size, index)?);
    }
    Ok(state)
}

/// Opens what lies in a cluster as soon as the cluster answers.
fn patiently(open: impl Fn() -> anyhow::Result<AppState>) -> anyhow::Result<AppState> {
    loop {
        match open() {
            Err(error) if may_pass(&error) => {
                tracing::error!(error = format!("{error:#}"), "waiting for the cluster");
                std::thread::sleep(WAIT_FOR_CLUSTER);
            }
            opened => return opened,
        }
    }
}

fn may_pass(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(IndexError::Cluster(error)) if error.is_passing())
}

async fn listen(address: std::net::SocketAddr, flag: &str) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.with_context(|| format!("cannot listen on {address}: choose another address with `--{flag}`"))
}
