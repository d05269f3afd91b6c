//! Which host is asked, how often, and how long.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use serde_json::json;

use super::*;

#[test]
fn hosts_take_turns() {
    let hosts = [StandIn::start(|_| reply(200, "1")), StandIn::start(|_| reply(200, "2"))];
    let connection = connection(&[hosts[0].url(), hosts[1].url()]);
    let answers: Vec<Value> = (0..6).map(|_| get(&connection).unwrap()).collect();
    assert_eq!(Value::from(answers), json!([1, 2, 1, 2, 1, 2]));
}

#[test]
fn the_next_host_answers_for_one_that_refuses_connections() {
    let host = StandIn::start(|_| reply(200, "2"));
    let connection = connection(&[format!("http://{}", nobody()), host.url()]);
    let begun = Instant::now();
    for _ in 0..6 {
        // Nothing was sent to the one that is gone, so that even this may go on to the other.
        let _: Value = connection.send(Request::post("/a")).unwrap();
    }
    assert!(begun.elapsed() < PATIENCE / 2, "the one that is gone is not waited for");
    assert_eq!(host.received().len(), 6);
}

#[test]
fn the_next_host_answers_for_a_silent_one() {
    let slow = Reply::Slowly(PATIENCE, 200, "1".to_owned());
    let hosts = [StandIn::start(move |_| slow.clone()), StandIn::start(|_| reply(200, "2"))];
    let connection = connection(&[hosts[0].url(), hosts[1].url()]);
    for _ in 0..4 {
        let request = Request::get("/a").timeout(Duration::from_millis(1000));
        assert_eq!(connection.send::<Value>(request).unwrap(), 2);
    }
    assert!(hosts[0].received().len() < 4, "it was put aside");
}

#[test]
fn a_host_that_is_back_takes_its_turn_again() {
    let (other, gone) = (StandIn::start(|_| reply(200, "2")), nobody());
    let connection = connection(&[format!("http://{gone}"), other.url()]);
    get(&connection).unwrap();
    let back = StandIn::start_at(gone, |_| reply(200, "1"));
    let begun = Instant::now();
    while get(&connection).unwrap() != 1 {
        assert!(begun.elapsed() < PATIENCE, "it is not tried again");
        thread::sleep(Duration::from_millis(20));
    }
    let answers: Vec<Value> = (0..4).map(|_| get(&connection).unwrap()).collect();
    assert_eq!(Value::from(answers), json!([2, 1, 2, 1]));
    drop(back);
}

#[test]
fn a_host_that_cannot_serve_now_is_asked_again() {
    for failing in [reply(503, ""), reply(502, "<html>"), reply(504, ""), Reply::Nothing] {
        let host = StandIn::start(first(2, failing, reply(200, "1")));
        assert_eq!(get(&connection(&[host.url()])).unwrap(), 1);
        assert_eq!(host.received().len(), 3);
    }
}

#[test]
fn a_host_is_not_put_aside_for_the_fault_of_another_node() {
    const NO_SHARDS: &str = r#"{"error": {"root_cause": [], "type": "search_phase_execution_exception"}}"#;
    const NO_NODE: &str = r#"{"error": {"root_cause": [{"type": "node_not_connected_exception"}]}}"#;
    for (status, body) in [(503, NO_SHARDS), (500, NO_NODE)] {
        let hosts =
            [StandIn::start(first(1, reply(status, body), reply(200, "1"))), StandIn::start(|_| reply(200, "2"))];
        let connection = connection(&[hosts[0].url(), hosts[1].url()]);
        let answers: Vec<Value> = (0..3).map(|_| get(&connection).unwrap()).collect();
        assert_eq!(Value::from(answers), json!([2, 1, 2]));
    }
    // Whatever else went wrong within a host would go wrong again.
    let (host, connection) = one_host(500, r#"{"error": {"type": "null_pointer_exception", "reason": "it is null"}}"#);
    let error = get(&connection).unwrap_err();
    assert!(matches!(error, ClusterError::Refused { status: 500, .. }) && error.is_passing(), "{error}");
    assert_eq!(host.received().len(), 1);
}

#[test]
fn a_cluster_that_stays_busy_is_given_up_in_time() {
    let (host, connection) =
        one_host(429, r#"{"error": {"type": "rejected_execution_exception", "reason": "queue full"}}"#);
    let begun = Instant::now();
    let result = connection.send::<Value>(Request::get("/a").within(Duration::from_millis(500)));
    assert!(matches!(result, Err(ClusterError::Busy { .. })), "{result:?}");
    assert_eq!(
        message(result, &host),
        "`http://host` has too much to do (queue full): try again later, or send less at once"
    );
    assert!(begun.elapsed() < PATIENCE / 2);
    assert!((3..10).contains(&host.received().len()), "{}", host.received().len());
}

#[test]
fn a_slow_answer_is_not_waited_for() {
    let slow = Reply::Slowly(PATIENCE, 200, "1".to_owned());
    let host = StandIn::start(move |_| slow.clone());
    let connection = connection(&[host.url()]);
    let begun = Instant::now();
    let request = Request::get("/a").timeout(Duration::from_millis(100)).within(Duration::from_secs(1));
    let result = connection.send::<Value>(request);
    assert_eq!(
        message(result, &host),
        "`http://host` did not answer within 100ms: try again later, or give it more time"
    );
    assert!(begun.elapsed() < PATIENCE / 2);
    assert!((2..10).contains(&host.received().len()), "{}", host.received().len());
}

#[test]
fn what_must_not_be_done_twice_is_not_repeated_once_it_was_sent() {
    for failing in [reply(503, ""), reply(429, ""), Reply::Nothing] {
        let hosts = [StandIn::start(first(1, failing, reply(200, "1"))), StandIn::start(|_| reply(200, "2"))];
        let connection = connection(&[hosts[0].url(), hosts[1].url()]);
        let error = connection.send::<Value>(Request::post("/a")).unwrap_err();
        assert!(error.is_passing(), "{error}");
        assert_eq!((hosts[0].received().len(), hosts[1].received().len()), (1, 0));
    }
    let host = StandIn::start(first(1, Reply::Nothing, reply(200, "1")));
    let result = connection(&[host.url()]).send::<Value>(Request::post("/a"));
    assert_eq!(
        message(result, &host),
        "the connection to `http://host` broke before it answered (connection closed before message completed): try \
         again, and if it speaks TLS, write https:// in its address"
    );
}

#[test]
fn many_threads_share_a_connection_while_a_host_goes() {
    let host = StandIn::start(|_| reply(200, "1"));
    let connection = connection(&[format!("http://{}", nobody()), host.url()]);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| (0..10).for_each(|_| assert_eq!(get(&connection).unwrap(), 1)));
        }
    });
    assert_eq!(host.received().len(), 160);
}

/// Answers the first `count` requests in one way and the others in another.
fn first(count: usize, reply: Reply, others: Reply) -> impl Fn(&Received) -> Reply + Send + Sync + 'static {
    let seen = AtomicUsize::new(0);
    move |_| if seen.fetch_add(1, Ordering::Relaxed) < count { reply.clone() } else { others.clone() }
}
