//! What `deploy/` watches is what the server counts.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::Service;

/// The series that alerts and dashboard name.
fn watched() -> BTreeSet<String> {
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy");
    let files = ["prometheus/lawcite.rules.yml", "grafana/lawcite.json"];
    let texts = files.map(|file| std::fs::read_to_string(deploy.join(file)).expect("it is there"));
    let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
    words.filter(|word| word.starts_with("lawcite_") || word.starts_with("process_")).map(str::to_owned).collect()
}

/// A series as its family is declared.
fn family(series: &str) -> &str {
    let suffixes = ["_total", "_bucket", "_count", "_sum"];
    suffixes.iter().find_map(|suffix| series.strip_suffix(suffix)).unwrap_or(series)
}

#[tokio::test]
async fn alerts_and_dashboard_name_series_that_are_there() {
    let service = Service::new();
    service.get("/api/v1/search?q=x").await;
    let metrics = service.get("/metrics").await.body;
    let watched = watched();
    assert!(watched.len() > 10, "{watched:?}");
    let declared =
        |series: &&String| metrics.lines().any(|line| line.starts_with(&format!("# TYPE {} ", family(series))));
    let absent: Vec<&String> = watched.iter().filter(|series| !declared(series)).collect();
    assert!(absent.is_empty(), "no {absent:?} in\n{metrics}");
}

#[test]
fn the_guide_says_what_to_do_about_every_alert() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("it is there");
    let (rules, guide) = (read("deploy/prometheus/lawcite.rules.yml"), read("docs/operating.md"));
    let alerts: Vec<&str> =
        rules.lines().filter_map(|line| line.split_once("- alert: ")).map(|(_, name)| name).collect();
    assert!(alerts.len() > 8, "{alerts:?}");
    let untold: Vec<&&str> = alerts.iter().filter(|alert| !guide.contains(&format!("**{alert}**"))).collect();
    assert!(untold.is_empty(), "{untold:?}");
}
