use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::info::Info;

use crate::AppState;

/// What is, at one moment.
#[derive(Debug)]
pub(super) struct Readings {
    /// Name, help, value.
    gauges: Vec<(&'static str, &'static str, u64)>,
}

impl Readings {
    pub(super) fn of(state: &AppState) -> Readings {
        let index = state.index();
        let (manifest, counts) = (index.manifest(), index.manifest().counts);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let damaged = state.damage().is_some();
        let admission = state.entrance().admission();
        let mut gauges = vec![
            ("lawcite_index_generation", "The number of the generation that serves", number(index.generation())),
            ("lawcite_index_age_seconds", "Since that was built", now.saturating_sub(manifest.created)),
            ("lawcite_index_damaged", "1 while what was published last is not what was written", damaged.into()),
            ("lawcite_index_bytes", "Its size on disk", counts.index_bytes),
            ("lawcite_index_documents", "Documents in it", counts.documents),
            ("lawcite_index_units", "Units in it", counts.units),
            ("lawcite_index_warnings", "Warnings when it was built", counts.warnings),
            ("lawcite_searches_running", "Requests that read the index", admission.searching() as u64),
            ("lawcite_searches_waiting", "Requests that wait for that", admission.waiting() as u64),
            ("lawcite_connections", "Open connections of clients", state.connections().count() as u64),
            ("lawcite_uptime_seconds", "Since the server was started", state.uptime().as_secs()),
        ];
        if let Some(memory) = memory_stats::memory_stats() {
            gauges.push(("process_resident_memory_bytes", "Resident memory", memory.physical_mem as u64));
        }
        Readings { gauges }
    }
}

/// Generations are named by numbers.
fn number(generation: &str) -> u64 {
    generation.parse().unwrap_or(0)
}

impl Collector for Readings {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        for (name, help, value) in &self.gauges {
            let gauge = ConstGauge::new(*value);
            gauge.encode(encoder.encode_descriptor(name, help, None, MetricType::Gauge)?)?;
        }
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        build.encode(encoder.encode_descriptor("lawcite_build", "The program", None, MetricType::Info)?)
    }
}
