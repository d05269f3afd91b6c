use std::num::NonZero;
use std::str::FromStr;
use std::thread::available_parallelism;
use std::time::Duration;

use ipnet::IpNet;

/// How much at once, how long, how large, how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// So many requests read the index at once: more would only share the cores. 0 is as many as there are cores, and at least two.
    pub searches: usize,
    /// So many more wait for their turn; who comes then is answered 503 at once.
    pub queue: usize,
    /// Who has waited so long is answered 503.
    pub queue_time: Duration,
    /// Who has no answer by then is answered 503.
    pub request_time: Duration,
    /// A body that is not there by then is answered 408.
    pub body_time: Duration,
    /// All bodies together may have so many bytes; what is more is answered 503.
    pub body_memory: usize,
    /// All answers that are being taken may together have so many bytes; who asks for more is answered 503.
    pub answer_memory: usize,
    /// Address and headers of a request together, in bytes: at least 8192.
    pub header_size: usize,
    /// From the first byte of a request to the end of its headers; who takes longer is cut off.
    pub header_time: Duration,
    /// A connection on which nothing was asked for so long is closed.
    pub idle_time: Duration,
    /// A client that takes or gives no byte for so long, in the middle of an answer or a body, is cut off.
    pub stall_time: Duration,
    /// So many connections are open at once; a new one takes the place of the one that has kept the server waiting longest.
    pub connections: usize,
    /// When the server is told to stop, requests under way have so long to finish.
    pub shutdown_time: Duration,
    /// So many requests a second each client may make in the long run; 0 is no limit.
    pub rate: u32,
    /// So many it may make at once.
    pub burst: u32,
    /// Proxies that are believed when they say whose request they pass on.
    pub trusted_proxies: Vec<IpNet>,
    /// Where they say so.
    pub client_header: ClientHeader,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            searches: 0,
            queue: 64,
            queue_time: Duration::from_secs(1),
            request_time: Duration::from_secs(15),
            // Within the time of the request, which includes it.
            body_time: Duration::from_secs(10),
            body_memory: 64 * 1024 * 1024,
            answer_memory: 128 * 1024 * 1024,
            header_size: 16 * 1024,
            header_time: Duration::from_secs(10),
            // Longer than the minute for which proxies keep theirs: they should be the ones who close.
            idle_time: Duration::from_secs(75),
            stall_time: Duration::from_secs(10),
            // With what the index has open this fits into the 1,024 files that most systems allow.
            connections: 512,
            shutdown_time: Duration::from_secs(20),
            rate: 0,
            burst: 100,
            trusted_proxies: Vec::new(),
            client_header: ClientHeader::XForwardedFor,
        }
    }
}

impl Limits {
    /// How many requests read the index at once.
    pub(super) fn slots(&self) -> usize {
        match self.searches {
            0 => available_parallelism().map_or(2, NonZero::get).max(2),
            searches => searches,
        }
    }
}

/// The header in which proxies say whose request they pass on. One only: the other comes from whoever writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientHeader {
    /// `X-Forwarded-For: 203.0.113.7, 10.0.0.2`
    XForwardedFor,
    /// `Forwarded: for=203.0.113.7, for=10.0.0.2` (RFC 7239)
    Forwarded,
}

impl ClientHeader {
    /// As HTTP writes it.
    pub fn name(self) -> &'static str {
        match self {
            ClientHeader::XForwardedFor => "x-forwarded-for",
            ClientHeader::Forwarded => "forwarded",
        }
    }
}

impl FromStr for ClientHeader {
    type Err = String;

    fn from_str(name: &str) -> Result<ClientHeader, String> {
        let all = [ClientHeader::XForwardedFor, ClientHeader::Forwarded];
        let found = all.into_iter().find(|header| header.name().eq_ignore_ascii_case(name));
        found.ok_or_else(|| format!("it is one of {}", all.map(ClientHeader::name).join(", ")))
    }
}
