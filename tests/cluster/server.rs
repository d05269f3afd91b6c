//! The server as a process, over a cluster.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// `lawcite serve --backend opensearch`, stopped when dropped.
pub(crate) struct Server {
    child: Child,
    address: String,
}

/// What it answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Server {
    /// Starts it and waits until it listens.
    pub(crate) fn start(urls: &[String], name: &str) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lawcite"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--backend", "opensearch", "--name", name]);
        command.args(["--url", &urls.join(",")]).stderr(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().expect("it runs");
        let mut said = BufReader::new(child.stderr.take().expect("its errors"));
        let mut line = String::new();
        while said.read_line(&mut line).expect("readable") > 0 {
            if let Some(rest) = line.strip_prefix("lawcite serves http://") {
                let address = rest.split('/').next().expect("an address").to_owned();
                // Whatever it says from now on must not fill the pipe.
                std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::stderr()));
                return Server { child, address };
            }
            line.clear();
        }
        panic!("the server does not listen: {:?}", child.wait());
    }

    /// Asks for a path.
    pub(crate) fn get(&self, path: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").expect("it reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let (headers, body) = text.split_once("\r\n\r\n").expect("headers");
        let status = headers.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, headers: headers.to_lowercase(), body: body.to_owned() }
    }

    /// Asks until the status is that one, for a minute at most.
    pub(crate) fn until(&self, path: &str, status: u16) -> Answer {
        let mut answer = self.get(path);
        for _ in 0..120 {
            if answer.status == status {
                return answer;
            }
            std::thread::sleep(Duration::from_millis(500));
            answer = self.get(path);
        }
        panic!("{path} says {} and not {status}: {}", answer.status, answer.body);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
