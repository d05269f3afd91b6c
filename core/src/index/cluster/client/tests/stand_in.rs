//! A host that answers what a test tells it to.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// An HTTP server on a port of its own, there until the tests are over. It notes what it receives, and closes each
/// connection after one answer.
pub(super) struct StandIn {
    pub(super) address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(super) struct Received {
    /// Such as `GET /path?query`.
    pub(super) line: String,
    /// In lower case the names, in the order that they came.
    headers: Vec<(String, String)>,
    pub(super) body: String,
}

/// What to answer.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// A status and a body.
    Answer(u16, String),
    /// The same, after a time.
    Slowly(Duration, u16, String),
    /// A redirection to an address.
    Elsewhere(String),
    /// Nothing: the connection is closed.
    Nothing,
}

/// An answer of success, or whatever the status says.
pub(super) fn reply(status: u16, body: &str) -> Reply {
    Reply::Answer(status, body.to_owned())
}

/// An address where nobody listens.
pub(super) fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl StandIn {
    /// Starts one on a free port.
    pub(super) fn start(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> StandIn {
        StandIn::start_at("127.0.0.1:0".parse().unwrap(), answer)
    }

    /// Starts one at an address.
    pub(super) fn start_at(
        address: SocketAddr,
        answer: impl Fn(&Received) -> Reply + Send + Sync + 'static,
    ) -> StandIn {
        StandIn::start_within(address, Ok, answer)
    }

    /// Starts one that wraps its connections in something, such as TLS.
    pub(super) fn start_within<S: Read + Write>(
        address: SocketAddr,
        wrap: impl Fn(TcpStream) -> io::Result<S> + Send + Sync + 'static,
        answer: impl Fn(&Received) -> Reply + Send + Sync + 'static,
    ) -> StandIn {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let (noted, serve) = (Arc::clone(&received), Arc::new((wrap, answer)));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (noted, serve) = (Arc::clone(&noted), Arc::clone(&serve));
                thread::spawn(move || -> io::Result<()> {
                    let (wrap, answer) = &*serve;
                    let mut stream = wrap(stream?)?;
                    let request = Received::read(&mut stream)?;
                    noted.lock().unwrap().push(request.clone());
                    answer(&request).write(&mut stream)
                });
            }
        });
        StandIn { address, received }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it has received so far.
    pub(super) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

impl Received {
    fn read(stream: &mut impl Read) -> io::Result<Received> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            // A connection that was only tried ends here.
            stream.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).map_err(io::Error::other)?;
        let mut lines = head.trim_end().lines();
        let line = lines.next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        let mut received = Received { line, headers, body: String::new() };
        let length = received.header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        received.body = String::from_utf8(body).map_err(io::Error::other)?;
        Ok(received)
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

impl Reply {
    fn write(&self, stream: &mut impl Write) -> io::Result<()> {
        let (status, location, body) = match self {
            Reply::Nothing => return Ok(()),
            Reply::Slowly(time, status, body) => {
                thread::sleep(*time);
                (*status, String::new(), body.as_str())
            }
            Reply::Answer(status, body) => (*status, String::new(), body.as_str()),
            Reply::Elsewhere(location) => (302, format!("location: {location}\r\n"), ""),
        };
        let length = body.len();
        write!(stream, "HTTP/1.1 {status} \r\n{location}content-length: {length}\r\nconnection: close\r\n\r\n{body}")?;
        stream.flush()
    }
}
