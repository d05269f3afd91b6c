//! Hosts that no connection can be made to.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Instant;

use tokio::net::TcpSocket;

use super::*;

#[test]
fn where_no_host_is_there_all_are_named() {
    let (one, two) = (nobody(), nobody());
    let connection = connection(&[format!("http://{one}"), format!("http://{two}")]);
    let begun = Instant::now();
    let error = connection.send::<Value>(Request::post("/a").within(Duration::from_millis(300))).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "cannot connect to `http://{one}`, `http://{two}` (Connection refused (os error 111)): check that \
             OpenSearch runs there and that the address is right"
        )
    );
    assert!(begun.elapsed() < PATIENCE / 2 && error.is_passing());
}

#[test]
fn a_name_that_leads_nowhere_is_unreachable() {
    let connection = connection(&["http://no-such-host.invalid:9200".to_owned()]);
    let error = connection.send::<Value>(Request::get("/").within(Duration::from_millis(100))).unwrap_err();
    // Some machines have nobody to ask for names, and wait.
    assert!(matches!(error, ClusterError::Unreachable { .. }), "{error}");
}

#[test]
fn a_connection_refused_after_the_host_was_heard_is_unreachable() {
    // It is not looked after first, so that this comes from the library.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let connection = connection(&[format!("http://{}", listener.local_addr().unwrap())]);
    let answering = thread::spawn(move || {
        // A look, a request, and the end.
        for stream in listener.incoming().take(2) {
            let (mut stream, mut head) = (stream.unwrap(), [0; 4096]);
            if stream.read(&mut head).unwrap() > 0 {
                write!(stream, "HTTP/1.1 200 \r\ncontent-length: 1\r\nconnection: close\r\n\r\n1").unwrap();
            }
        }
    });
    get(&connection).unwrap();
    answering.join().unwrap();
    let error = connection.send::<Value>(Request::post("/").within(Duration::from_millis(10))).unwrap_err();
    assert!(matches!(error, ClusterError::Unreachable { .. }), "{error}");
}

/// Linux drops what arrives while as many connections wait as were allowed to.
#[cfg(target_os = "linux")]
#[test]
fn a_host_that_takes_no_connections_is_not_waited_for() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    let _inside = runtime.enter();
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let silent = socket.listen(0).unwrap();
    let address = silent.local_addr().unwrap();
    let _waiting = std::net::TcpStream::connect(address).unwrap();

    let host = StandIn::start(|_| reply(200, "2"));
    let connection = connection(&[format!("http://{address}"), host.url()]);
    let begun = Instant::now();
    for _ in 0..3 {
        // Nothing was sent to the silent one, so that even this may go on to the other.
        assert_eq!(connection.send::<Value>(Request::post("/a")).unwrap(), 2);
    }
    let time = begun.elapsed();
    assert!(Duration::from_secs(1) < time && time < PATIENCE - Duration::from_secs(1), "{time:?}");
}
