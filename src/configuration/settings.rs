use super::Configuration;
use super::value::{Form, Value};

/// One thing that can be set.
pub(crate) struct Setting {
    /// Its key in the file: `queue_time`, with the flag `--queue-time` and the variable `LAWCITE_QUEUE_TIME`.
    pub(crate) key: &'static str,
    /// What stands for its value in the help.
    pub(crate) value: &'static str,
    /// What it does.
    pub(crate) help: &'static str,
    /// How it is given.
    pub(crate) form: Form,
    /// Sets it.
    pub(crate) set: fn(&mut Configuration, &[String]) -> Result<(), String>,
    /// What it is set to, `None` if to nothing.
    pub(crate) show: fn(&Configuration) -> Option<toml::Value>,
}

macro_rules! settings {
    ($($key:ident $value:literal $($field:ident).+, $help:literal;)+) => {
        /// All settings, as they are documented.
        pub(crate) const SETTINGS: &[Setting] = &[$(Setting {
            key: stringify!($key),
            value: $value,
            help: $help,
            form: form_of(|configuration| &configuration.$($field).+),
            set: |configuration, given| {
                configuration.$($field).+ = Value::read(given)?;
                Ok(())
            },
            show: |configuration| configuration.$($field).+.show(),
        }),+];
    };
}

const fn form_of<T: Value>(_field: fn(&Configuration) -> &T) -> Form {
    T::FORM
}

settings! {
    listen "ADDR" listen, "The address to listen on.";
    ops_listen "ADDR" ops_listen,
        "An address for operators alone: /healthz, /readyz and /metrics. The last is then not on the other one.";
    index "DIR" index, "The folder of the index.";
    backend "BACKEND" backend, "What holds the units: embedded (files in that folder) or opensearch (a cluster).";
    url "URL" cluster.url, "The address of a node of the cluster. May be given again.";
    name "NAME" cluster.name, "The alias of the index in the cluster.";
    user "USER" cluster.user, "Who asks, where the cluster wants to know.";
    password_file "FILE" cluster.password_file, "The file that holds the user's password.";
    api_key_file "FILE" cluster.api_key_file, "The file that holds an API key, instead of a user.";
    ca "FILE" cluster.ca, "The authority that signed the nodes' certificates (PEM), where the system does not know it.";
    seeds "DIR" seeds, "What to build the index from where there is none.";
    public_url "URL" public_url,
        "The address people reach the server under, with a path if it has one: links are made absolute with it.";
    allow_origin "ORIGIN" allow_origin,
        "A site whose pages may read the API and embed the widget: https://portal.example. May be given again.";

    searches "N" limits.searches, "How many requests read the index at once; 0: as many as there are cores, and at least two, or 16 of a cluster.";
    queue "N" limits.queue, "How many more wait for that. Who comes then is answered 503 at once.";
    queue_time "TIME" limits.queue_time, "How long they wait at most.";
    request_time "TIME" limits.request_time, "After which a request is answered 503.";
    body_time "TIME" limits.body_time, "After which a body that is not there is answered 408; less than the time of the request, which includes it.";
    body_memory "BYTES" limits.body_memory, "How large all bodies that are being read or answered may be together.";
    answer_memory "BYTES" limits.answer_memory,
        "How large all answers that are being taken may be together. Who asks for a large one then is answered 503.";
    header_size "BYTES" limits.header_size, "How large the address and headers of a request may be; at least 8192.";
    header_time "TIME" limits.header_time, "How long they may take, from the first byte on.";
    idle_time "TIME" limits.idle_time, "After which a connection on which nothing is asked is closed.";
    stall_time "TIME" limits.stall_time, "After which a client that neither takes its answer nor sends its body is cut off.";
    connections "N" limits.connections,
        "How many connections are open at once. A new one takes the place of the one that has kept the server waiting longest.";
    shutdown_time "TIME" limits.shutdown_time, "How long requests have to finish when the server is stopped.";
    rate "N" limits.rate, "How many requests a second each client may make in the long run, before 429; 0: no limit.";
    burst "N" limits.burst, "How many it may make at once.";
    trusted_proxies "NET" limits.trusted_proxies,
        "An address, or a net as 10.0.0.0/8, of proxies that are believed when they say whose request it is. May be given again.";
    client_header "NAME" limits.client_header, "The header in which they say so: x-forwarded-for or forwarded.";

    log "FILTER" log, "What is logged: a level, or levels by module.";
    log_format "FORMAT" log_format, "How: text or json.";
    log_requests "BOOL" access.requests, "Whether each request is logged: method, route, status, time, bytes.";
    log_clients "BOOL" access.clients, "Whether with the client's address, which is personal data.";
    log_queries "BOOL" access.queries, "Whether with the address asked for, with the query in it, which is personal data.";
    missed_queries "FILE" missed_queries,
        "A file for queries that found nothing, not in the index's folder; `lawcite missed` counts them. They are personal data.";
    missed_queries_size "BYTES" missed_queries_size,
        "When that file becomes FILE.1, in the place of an older one.";
}

impl Setting {
    /// The one of this key.
    pub(crate) fn of(key: &str) -> Option<&'static Setting> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// `queue-time`
    pub(crate) fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    /// `LAWCITE_QUEUE_TIME`
    pub(crate) fn variable(&self) -> String {
        format!("LAWCITE_{}", self.key.to_ascii_uppercase())
    }

    /// Its default as the file writes it, empty where there is none.
    pub(crate) fn default(&self) -> String {
        (self.show)(&Configuration::default()).map(|value| value.to_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// `docs/configuration.md` has the table between these lines.
    const MARKS: [&str; 2] = ["<!-- the settings, written by a test -->\n", "<!-- end -->\n"];

    #[test]
    fn every_setting_is_documented_as_it_is() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md");
        let text = fs::read_to_string(&path).expect("the documentation");
        let (before, rest) = text.split_once(MARKS[0]).expect("where the table begins");
        let (_, after) = rest.split_once(MARKS[1]).expect("where it ends");
        let documented = format!("{before}{}{}{}{after}", MARKS[0], table(), MARKS[1]);
        if std::env::var_os("LAWCITE_BLESS").is_some() {
            fs::write(&path, &documented).expect("the documentation");
            return;
        }
        assert!(
            text == documented,
            "write it anew: LAWCITE_BLESS=1 cargo test --bin lawcite every_setting\n{}",
            table()
        );
    }

    fn table() -> String {
        let rows = SETTINGS.iter().map(|setting| {
            let default = Some(setting.default()).filter(|text| !text.is_empty()).map(|text| format!("`{text}`"));
            let (flag, default) = (setting.flag(), default.unwrap_or_default());
            format!("| `{}` | `--{flag}` | `{}` | {default} | {} |\n", setting.key, setting.variable(), setting.help)
        });
        let head = "| key | flag | environment | default | meaning |\n| --- | --- | --- | --- | --- |\n".to_owned();
        std::iter::once(head).chain(rows).collect()
    }

    #[test]
    fn every_default_can_be_given() {
        for setting in SETTINGS {
            let mut configuration = Configuration::default();
            let Some(value) = (setting.show)(&configuration) else { continue };
            let given = super::super::value::items(&value).expect("a scalar or a list of them");
            (setting.set)(&mut configuration, &given).unwrap_or_else(|error| panic!("{}: {error}", setting.key));
            assert_eq!((setting.show)(&configuration), Some(value), "{}", setting.key);
        }
    }
}
