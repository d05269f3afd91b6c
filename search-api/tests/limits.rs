//! Who is let in, and who has to go: over real sockets.
//!
//! `Server::new(limits)` serves the small index; `ask` sends a request on a connection of its own, `connect` gives the connection
//! itself, to misbehave on. Limits are small here, but nothing is asserted about time: a test waits for what must happen, be it
//! that the connection ends or that a number of `/metrics` rises.

mod support;

use std::net::SocketAddr;
use std::time::Duration;

use lawcite_search_api::{ClientHeader, Limits, Listeners, serve};
use support::Service;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Long enough for whatever must happen on the slowest machine.
const AT_LAST: Duration = Duration::from_secs(60);
/// Short enough to wait for.
const SHORT: Duration = Duration::from_millis(100);
/// Long enough never to come.
const NEVER: Duration = Duration::from_secs(3600);

struct Server {
    address: SocketAddr,
    operation: Option<SocketAddr>,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
    _service: Service,
}

/// No limit but those that a test sets.
fn unhurried() -> Limits {
    Limits {
        queue_time: NEVER,
        request_time: NEVER,
        body_time: NEVER,
        header_time: NEVER,
        idle_time: NEVER,
        stall_time: NEVER,
        shutdown_time: NEVER,
        ..Limits::default()
    }
}

impl Server {
    async fn new(limits: Limits) -> Server {
        Server::of(Service::new(), limits, false).await
    }

    async fn of(service: Service, limits: Limits, with_operation: bool) -> Server {
        let public = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let operation =
            if with_operation { Some(TcpListener::bind("127.0.0.1:0").await.expect("a port")) } else { None };
        let address = public.local_addr().expect("an address");
        let operators = operation.as_ref().map(|listener| listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel();
        let state = service.state.clone().limited(limits);
        let serving = tokio::spawn(serve(Listeners { public, operation }, state, async {
            let _ = stopped.await;
        }));
        Server { address, operation: operators, stop: Some(stop), serving, _service: service }
    }

    async fn connect(&self) -> Client {
        Client(TcpStream::connect(self.address).await.expect("a connection"))
    }

    async fn ask(&self, request: &str) -> String {
        ask(self.address, request).await
    }

    async fn get(&self, address: &str) -> String {
        self.ask(&format!("GET {address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await
    }

    /// A number of `/metrics`.
    async fn metric(&self, name: &str) -> u64 {
        let metrics = self.get("/metrics").await;
        let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0, |number| number.parse().expect("a number"))
    }

    /// Waits until a number of `/metrics` is at least so great.
    async fn reaches(&self, name: &str, least: u64) {
        let reached = async {
            while self.metric(name).await < least {
                sleep(SHORT).await;
            }
        };
        timeout(AT_LAST, reached).await.unwrap_or_else(|_| panic!("{name} does not reach {least}"));
    }
}

async fn ask(address: SocketAddr, request: &str) -> String {
    let mut client = Client(TcpStream::connect(address).await.expect("a connection"));
    client.send(request).await;
    client.rest().await
}

/// A connection.
struct Client(TcpStream);

impl Client {
    async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.expect("the server reads");
    }

    /// What comes until the server ends the connection, in whatever way.
    async fn rest(&mut self) -> String {
        let mut bytes = Vec::new();
        let ended = timeout(AT_LAST, self.0.read_to_end(&mut bytes)).await;
        assert!(ended.is_ok(), "the server keeps the connection: {}", String::from_utf8_lossy(&bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The status line and headers of an answer whose body the caller knows to be short.
    async fn head(&mut self) -> String {
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            bytes.push(timeout(AT_LAST, self.0.read_u8()).await.expect("an answer").expect("an answer"));
        }
        String::from_utf8(bytes).expect("text")
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let lines = answer.split("\r\n").take_while(|line| !line.is_empty());
    let mut pairs = lines.filter_map(|line| line.split_once(": "));
    pairs.find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

const KEPT: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
const CUT_OFF: &str = "lawcite_connection_events_total{event=\"cut-off\"}";
const EVICTED: &str = "lawcite_connection_events_total{event=\"evicted\"}";

#[tokio::test]
async fn who_dawdles_over_headers_is_cut_off() {
    let server = Server::new(Limits { header_time: SHORT, ..unhurried() }).await;
    let mut client = server.connect().await;
    client.send("GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ").await;
    assert_eq!(client.rest().await, "");
    assert_eq!(server.metric(CUT_OFF).await, 1);
}

#[tokio::test]
async fn who_asks_nothing_any_more_is_let_go() {
    let server = Server::new(Limits { idle_time: SHORT, ..unhurried() }).await;
    let mut silent = server.connect().await;
    assert_eq!(silent.rest().await, "", "one that never asked");
    let mut client = server.connect().await;
    client.send(KEPT).await;
    assert_eq!(status(&client.rest().await), "200", "one that was answered");
}

#[tokio::test]
async fn who_takes_no_answer_is_cut_off() {
    let server = Server::new(Limits { stall_time: SHORT, ..unhurried() }).await;
    let mut client = server.connect().await;
    // More answers than the sockets' buffers hold, and nobody who reads them.
    let request = "GET /widget/element.js HTTP/1.1\r\nhost: x\r\n\r\n";
    let sending = tokio::spawn(async move {
        for _ in 0..4000 {
            if client.0.write_all(request.as_bytes()).await.is_err() {
                break;
            }
        }
        client
    });
    server.reaches(CUT_OFF, 1).await;
    drop(sending.await.expect("no panic"));
}

#[tokio::test]
async fn who_dawdles_over_a_body_is_told_so() {
    const HALF: &str = "POST /api/v1/citations/extract HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
                        content-length: 100\r\n\r\n{\"text\":";
    let server = Server::new(Limits { body_time: SHORT, ..unhurried() }).await;
    let answer = server.ask(HALF).await;
    assert_eq!((status(&answer), header(&answer, "connection")), ("408", "close"), "{answer}");
    assert_eq!(header(&answer, "content-type"), "application/problem+json");
    let server = Server::new(Limits { stall_time: SHORT, ..unhurried() }).await;
    assert_eq!(server.ask(HALF).await, "", "one that stops in the middle is cut off");
    assert_eq!(server.metric(CUT_OFF).await, 1);
}

#[tokio::test]
async fn all_bodies_together_are_bounded() {
    let server = Server::new(Limits { body_memory: 1000, ..unhurried() }).await;
    let post = |text: String| {
        let body = format!("{{\"text\":\"{text}\"}}");
        format!(
            "POST /api/v1/citations/extract HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    for _ in 0..3 {
        assert_eq!(status(&server.ask(&post("a".repeat(900))).await), "200", "the memory comes back");
    }
    let answer = server.ask(&post("a".repeat(2000))).await;
    assert_eq!((status(&answer), header(&answer, "retry-after")), ("503", "1"));
    assert_eq!(server.metric("lawcite_requests_shed_total{reason=\"body-memory\"}").await, 1);
}

#[tokio::test]
async fn all_answers_that_are_being_taken_are_bounded() {
    const LARGE: &str = "/openapi.json";
    let server = Server::new(Limits { answer_memory: 1 << 20, ..unhurried() }).await;
    let size = server.get(LARGE).await.len();
    assert!(size > 70_000, "{size} bytes are not many");
    let server = Server::new(Limits { answer_memory: size * 3 / 2, ..unhurried() }).await;
    for _ in 0..3 {
        assert_eq!(status(&server.get(LARGE).await), "200", "the memory comes back");
    }
    let server = Server::new(Limits { answer_memory: 65_000, ..unhurried() }).await;
    let answer = server.get(LARGE).await;
    assert_eq!((status(&answer), header(&answer, "retry-after")), ("503", "1"));
    assert_eq!(status(&server.get("/api/v1/documents/boshan").await), "200", "small ones are let go");
    assert_eq!(server.metric("lawcite_requests_shed_total{reason=\"answer-memory\"}").await, 1);
}

#[tokio::test]
async fn headers_that_are_too_large_are_refused() {
    let server = Server::new(Limits { header_size: 8192, ..unhurried() }).await;
    let answer = server.ask(&format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(20_000))).await;
    assert_eq!(status(&answer), "431", "{answer}");
}

#[tokio::test]
async fn health_is_answered_however_many_connections_are_held_open() {
    let server = Server::new(Limits { connections: 8, ..unhurried() }).await;
    let mut held = Vec::new();
    for at in 0..100 {
        let mut client = server.connect().await;
        // Half-open, dawdling over headers, keeping an answered connection.
        match at % 3 {
            0 => {}
            1 => client.send("GET /healthz HTTP/1.1\r\nhost: ").await,
            _ => client.send(KEPT).await,
        }
        held.push(client);
    }
    for _ in 0..20 {
        assert_eq!(status(&server.get("/healthz").await), "200");
    }
    server.reaches(EVICTED, 100 - 8).await;
    assert!(server.metric("lawcite_connections").await <= 8);
    assert_eq!(held[0].rest().await, "", "the first is gone");
}

#[tokio::test]
async fn each_client_has_an_allowance() {
    const SEARCH: &str = "/api/v1/search?q=leak";
    let limits = Limits { rate: 1, burst: 1, ..unhurried() };
    let limited = async |server: &Server, forwarded: &str| {
        let request = format!("GET {SEARCH} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{forwarded}\r\n");
        // In a minute there are at most sixty answers and one.
        for _ in 0..100 {
            let answer = server.ask(&request).await;
            if status(&answer) == "429" {
                return Some(answer);
            }
            assert_eq!(status(&answer), "200", "{answer}");
        }
        None
    };

    let server = Server::of(Service::new().allowing(&["https://portal.example"]), limits.clone(), false).await;
    let answer = limited(&server, "origin: https://portal.example\r\n").await.expect("all is taken");
    assert!(header(&answer, "retry-after").parse::<u64>().is_ok_and(|seconds| seconds >= 1), "{answer}");
    assert!(answer.ends_with("}") && answer.contains("\"status\":429"), "{answer}");
    assert_eq!(header(&answer, "access-control-allow-origin"), "https://portal.example", "the widget may know why");
    assert!(header(&answer, "content-security-policy").starts_with("default-src 'none'"));
    for address in ["/healthz", "/readyz", "/metrics", "/assets/style.css", "/widget/element.js"] {
        assert_eq!(status(&server.get(address).await), "200", "{address}");
    }
    assert!(server.metric("lawcite_requests_rate_limited_total").await >= 1);
    // Whoever is no trusted proxy can say what it likes.
    let mut forged = false;
    for at in 0..100 {
        let request =
            format!("GET /?q=a HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-forwarded-for: 1.2.3.{at}\r\n\r\n");
        forged |= status(&server.ask(&request).await) == "429";
    }
    assert!(forged, "a spoofed address is believed");

    let trusted = vec!["127.0.0.0/8".parse().expect("a net")];
    let limits = Limits { trusted_proxies: trusted, client_header: ClientHeader::XForwardedFor, ..limits };
    let server = Server::new(limits).await;
    assert!(limited(&server, "x-forwarded-for: 9.9.9.9, 203.0.113.7\r\n").await.is_some());
    // Another client of the same proxy has an allowance of its own, and what a client says of itself is not believed.
    let other =
        "GET /api/v1/search?q=a HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-forwarded-for: 203.0.113.8\r\n\r\n";
    assert_eq!(status(&server.ask(other).await), "200");
    let mut forged = false;
    for at in 0..100 {
        let request = format!(
            "GET {SEARCH} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-forwarded-for: 1.2.3.{at}, 203.0.113.7\r\n\r\n"
        );
        forged |= status(&server.ask(&request).await) == "429";
    }
    assert!(forged, "a spoofed address is believed");
}

#[tokio::test]
async fn a_shutdown_waits_for_requests_under_way_and_for_nobody_else() {
    let mut server = Server::new(unhurried()).await;
    let mut idle = server.connect().await;
    idle.send(KEPT).await;
    assert_eq!(status(&idle.head().await), "200");
    let mut silent = server.connect().await;
    let mut busy = server.connect().await;
    let body = "{\"text\":\"社保法92条\"}";
    let head = "POST /api/v1/citations/extract HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nexpect: 100-continue\r\n";
    busy.send(&format!("{head}content-length: {}\r\n\r\n", body.len())).await;
    assert_eq!(status(&busy.head().await), "100", "the request is under way");

    server.stop.take().expect("once").send(()).expect("it serves");
    idle.rest().await;
    silent.rest().await;
    assert!(!server.serving.is_finished());
    busy.send(body).await;
    let answer = busy.rest().await;
    assert_eq!(status(&answer), "200", "{answer}");
    timeout(AT_LAST, &mut server.serving).await.expect("it ends").expect("no panic");
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn a_shutdown_does_not_wait_for_ever() {
    let mut server = Server::new(Limits { shutdown_time: SHORT, ..unhurried() }).await;
    let mut dawdling = server.connect().await;
    dawdling.send("GET /healthz HTTP/1.1\r\nhost: ").await;
    server.reaches("lawcite_connections", 2).await;
    server.stop.take().expect("once").send(()).expect("it serves");
    timeout(AT_LAST, &mut server.serving).await.expect("it ends").expect("no panic");
}

#[tokio::test]
async fn operators_may_have_a_listener_of_their_own() {
    let server = Server::of(Service::new(), unhurried(), true).await;
    let operation = server.operation.expect("an address");
    let get = async |address: &str| {
        ask(operation, &format!("GET {address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await
    };
    for (address, public, private) in [
        ("/healthz", "200", "200"),
        ("/readyz", "200", "200"),
        ("/metrics", "404", "200"),
        ("/api/v1/documents", "200", "404"),
        ("/", "200", "404"),
    ] {
        assert_eq!(status(&server.get(address).await), public, "{address}");
        assert_eq!(status(&get(address).await), private, "{address}");
    }
}

#[tokio::test]
async fn what_happens_is_counted_by_route() {
    let server = Server::of(Service::with_statutes(), unhurried(), false).await;
    for address in ["/api/v1/search?q=leak", "/api/v1/units/boshan/note/1", "/api/v1/search", "/no/such/page"] {
        server.get(address).await;
    }
    let metrics = server.get("/metrics").await;
    assert_eq!(header(&metrics, "content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    for line in [
        "lawcite_http_requests_total{route=\"/api/v1/search\",status=\"200\"} 1",
        "lawcite_http_requests_total{route=\"/api/v1/search\",status=\"400\"} 1",
        "lawcite_http_requests_total{route=\"/api/v1/units/{id}\",status=\"200\"} 1",
        "lawcite_http_requests_total{route=\"other\",status=\"404\"} 1",
        "lawcite_http_request_duration_seconds_count{route=\"/api/v1/search\",class=\"2xx\"} 1",
        "lawcite_search_stage_duration_seconds_count{stage=\"understand\"} 1",
        "lawcite_searches_running 0",
        "lawcite_searches_waiting 0",
        "lawcite_index_generation 1",
        "lawcite_index_documents 5",
        "lawcite_build_info{version=\"0.1.0\"} 1",
    ] {
        assert!(metrics.lines().any(|known| known == line), "{line}\n{metrics}");
    }
    assert!(metrics.contains("\nprocess_resident_memory_bytes ") || !cfg!(target_os = "linux"));
    assert!(metrics.ends_with("# EOF\n"));
}
