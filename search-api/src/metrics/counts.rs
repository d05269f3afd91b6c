use std::fmt;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::readings::Readings;
use crate::{ApiError, AppState};

/// Everything that is counted. Cheap to count: a look-up and an addition.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    latency: Family<LatencyLabels, Histogram, fn() -> Histogram>,
    stages: Family<StageLabels, Histogram, fn() -> Histogram>,
    /// Requests turned away with 503.
    pub(crate) shed: Shedding,
    /// Requests turned away with 429.
    pub(crate) rate_limited: Counter,
    /// What becomes of clients' connections.
    pub(crate) connections: ConnectionCount,
    /// And of operators'.
    pub(crate) operator_connections: ConnectionCount,
    /// Moves to new generations.
    pub(crate) reloads: Reloads,
    /// Queries that found nothing and could not be written down.
    pub(crate) missed_dropped: Counter,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    status: u32,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct LatencyLabels {
    route: String,
    class: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct StageLabels {
    stage: Stage,
}

/// Where searching spends its time.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub(crate) enum Stage {
    Understand,
    Search,
    Highlight,
}

/// Why a request is answered 503.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub(crate) enum Shed {
    /// As many wait as may.
    QueueFull,
    /// It has waited as long as it may.
    WaitedTooLong,
    /// It was not answered in time.
    TookTooLong,
    /// All bodies together are too large.
    BodyMemory,
    /// All answers that are being taken together are.
    AnswerMemory,
}

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub(crate) enum ConnectionEvent {
    Accepted,
    /// Closed at once: all others are being answered.
    Refused,
    /// Closed for a new one, having kept the server waiting longest.
    Evicted,
    /// Closed for keeping the server waiting too long.
    CutOff,
}

macro_rules! label {
    ($($kind:ident { $($variant:ident => $name:literal),+ $(,)? })+) => {$(
        impl EncodeLabelValue for $kind {
            fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> fmt::Result {
                match self { $($kind::$variant => $name),+ }.encode(encoder)
            }
        }
    )+};
}

label! {
    Stage { Understand => "understand", Search => "search", Highlight => "highlight" }
    Shed {
        QueueFull => "queue-full", WaitedTooLong => "waited-too-long", TookTooLong => "took-too-long",
        BodyMemory => "body-memory", AnswerMemory => "answer-memory",
    }
    ConnectionEvent { Accepted => "accepted", Refused => "refused", Evicted => "evicted", CutOff => "cut-off" }
}

/// How moves to new generations end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reloads {
    /// The new one serves.
    pub(crate) succeeded: Counter,
    /// It does not open or is damaged, and the old one goes on.
    pub(crate) refused: Counter,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ShedLabels {
    reason: Shed,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ConnectionLabels {
    event: ConnectionEvent,
}

/// Counts who is turned away.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shedding(Family<ShedLabels, Counter>);

impl Shedding {
    /// Counts one, and says so to whom it concerns.
    pub(crate) fn count(&self, reason: Shed) -> ApiError {
        self.0.get_or_create(&ShedLabels { reason }).inc();
        ApiError::Busy
    }
}

/// Counts what becomes of connections.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConnectionCount(Family<ConnectionLabels, Counter>);

impl ConnectionCount {
    pub(crate) fn count(&self, event: ConnectionEvent) {
        self.0.get_or_create(&ConnectionLabels { event }).inc();
    }
}

impl Metrics {
    pub(crate) fn new() -> Metrics {
        let mut metrics = Metrics {
            registry: Registry::default(),
            requests: Family::default(),
            latency: Family::new_with_constructor(request_histogram),
            stages: Family::new_with_constructor(stage_histogram),
            shed: Shedding::default(),
            rate_limited: Counter::default(),
            connections: ConnectionCount::default(),
            operator_connections: ConnectionCount::default(),
            reloads: Reloads::default(),
            missed_dropped: Counter::default(),
        };
        // Whoever watches a series sees its first event only if it was there before.
        for reason in [Shed::QueueFull, Shed::WaitedTooLong, Shed::TookTooLong, Shed::BodyMemory, Shed::AnswerMemory] {
            drop(metrics.shed.0.get_or_create(&ShedLabels { reason }));
        }
        for event in
            [ConnectionEvent::Accepted, ConnectionEvent::Refused, ConnectionEvent::Evicted, ConnectionEvent::CutOff]
        {
            drop(metrics.connections.0.get_or_create(&ConnectionLabels { event }));
        }
        let registry = metrics.registry.sub_registry_with_prefix("lawcite");
        registry.register("http_requests", "Requests answered, by route and status", metrics.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time to the first byte of an answer, by route and class of status",
            Unit::Seconds,
            metrics.latency.clone(),
        );
        registry.register_with_unit(
            "search_stage_duration",
            "Time that searches spend, by stage",
            Unit::Seconds,
            metrics.stages.clone(),
        );
        registry.register("requests_shed", "Requests turned away with 503, by reason", metrics.shed.0.clone());
        registry.register("requests_rate_limited", "Requests turned away with 429", metrics.rate_limited.clone());
        registry.register("connection_events", "What became of connections", metrics.connections.0.clone());
        registry.register(
            "operator_connection_events",
            "What became of connections to the address for operators",
            metrics.operator_connections.0.clone(),
        );
        let reloads = &metrics.reloads;
        registry.register("reloads_succeeded", "Moves to a new generation", reloads.succeeded.clone());
        registry.register("reloads_refused", "New generations that were refused", reloads.refused.clone());
        registry.register(
            "missed_queries_dropped",
            "Queries without hits that came faster than they could be written down",
            metrics.missed_dropped.clone(),
        );
        metrics
    }

    /// Counts an answer.
    pub(crate) fn answered(&self, route: String, status: u16, took: Duration) {
        let class = match status {
            ..200 => "1xx",
            200..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            500.. => "5xx",
        };
        self.requests.get_or_create(&RequestLabels { route: route.clone(), status: status.into() }).inc();
        self.latency.get_or_create(&LatencyLabels { route, class }).observe(took.as_secs_f64());
    }

    /// Counts a stage of a search.
    pub(crate) fn spent(&self, stage: Stage, microseconds: u64) {
        let took = Duration::from_micros(microseconds);
        self.stages.get_or_create(&StageLabels { stage }).observe(took.as_secs_f64());
    }

    /// All of it as text, with what is read now.
    pub(crate) fn text(&self, state: &AppState) -> Result<String, fmt::Error> {
        let mut readings = Registry::default();
        readings.register_collector(Box::new(Readings::of(state)));
        let mut text = String::new();
        text::encode_registry(&mut text, &self.registry)?;
        text::encode_registry(&mut text, &readings)?;
        text::encode_eof(&mut text)?;
        Ok(text)
    }
}

fn request_histogram() -> Histogram {
    Histogram::new([0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])
}

fn stage_histogram() -> Histogram {
    Histogram::new([0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5])
}
