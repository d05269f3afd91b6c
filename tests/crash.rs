//! A killed indexer leaves the old generation serving, and the next run succeeds.

mod support;

use std::process::{Command, Stdio};
use std::time::Duration;

use lawcite_core::index::{Index, IndexFolder};
use support::root;

fn indexer(index: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lawcite"));
    command.current_dir(root("")).args(["index", "seeds", "--full", "--index"]).arg(index);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn fifty_killed_builds_do_no_harm() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("index");
    let whole = std::time::Instant::now();
    assert!(indexer(&path).status().expect("it runs").success());
    let whole = whole.elapsed();
    let index = IndexFolder::new(&path);
    let mut random = fastrand::Rng::with_seed(50);
    let mut killed = 0;
    let mut generation = index.current().expect("readable").expect("published");
    while killed < 50 {
        let mut child = indexer(&path).spawn().expect("it runs");
        std::thread::sleep(Duration::from_micros(
            random.u64(..=u64::try_from(whole.as_micros()).expect("a short time")),
        ));
        child.kill().expect("it can be killed");
        let status = child.wait().expect("it ends");
        killed += usize::from(!status.success());

        let (_, problems) = index.verify().expect("a generation serves");
        assert_eq!(problems, [], "after {killed} kills");
        let opened = Index::open(&path).expect("a generation opens");
        assert_eq!(opened.documents().count(), 1);
        drop(opened);
        if killed % 10 == 0 {
            assert!(indexer(&path).status().expect("it runs").success(), "the run after {killed} kills fails");
            let next = index.current().expect("readable").expect("published");
            assert!(next > generation, "the run after {killed} kills publishes nothing");
            generation = next;
        }
    }
    let kept = std::fs::read_dir(path.join("generations")).expect("readable").count();
    assert!(kept <= 3, "{kept} generations pile up");
}
