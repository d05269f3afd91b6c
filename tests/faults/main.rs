//! Whatever a disk does while a generation is written and published, readers see the one before or the new one, whole, and
//! the next build succeeds.
//!
//! Each step of a build, as small as the operating system has it, fails in turn: with an error, torn, as the last one
//! before the process is killed, and as the last one before the power goes.
#![cfg(unix)]

mod disk;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::{BROKEN, Fault, FaultyDisk, NO_SPACE};
use lawcite_core::index::{Index, IndexError, IndexFolder};
use lawcite_indexer::{BuildError, BuildOptions, Quiet, Summary, build, build_in};

/// Two lists, of which one changes from edition to edition.
struct Lists {
    folder: tempfile::TempDir,
}

impl Lists {
    fn new() -> Lists {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for path in ["lists", "lexicon"] {
            fs::create_dir(folder.path().join(path)).expect("a folder");
        }
        fs::write(folder.path().join("lists/constant.md"), list("统计")).expect("a list");
        fs::write(folder.path().join("lexicon/aliases.tsv"), "# lawcite lexicon 1: aliases\n社保\t社会保险\n")
            .expect("a lexicon");
        Lists { folder }
    }

    fn publish(&self, edition: u32) {
        fs::write(self.folder.path().join("lists/changing.md"), list(&format!("第{edition}版"))).expect("a list");
    }

    fn options(&self, index: &Path) -> BuildOptions {
        BuildOptions {
            paths: vec![self.folder.path().join("lists")],
            index: index.to_owned(),
            lexicon: Some(self.folder.path().join("lexicon")),
            full: false,
        }
    }

    fn build(&self, index: &Path) {
        build(&self.options(index), &mut Quiet).expect("a build on a disk that works succeeds");
    }
}

fn list(says: &str) -> String {
    format!("# 某局责任清单\n\n一、部门主要职责\n\n负责{says}工作：依法公布社会保险数据。\n")
}

/// The edition that readers see, `None` where there is no index yet. Everything is checked on the way.
fn edition(index: &Path) -> Option<u32> {
    let (_, problems) = match IndexFolder::new(index).verify() {
        Err(IndexError::Missing { .. }) => return None,
        verified => verified.expect("what is published can be read"),
    };
    assert_eq!(problems, [], "what is published is what was written");
    let index = Index::open(index).expect("what is published opens");
    assert_eq!(index.documents().count(), 2);
    let (_, units) = index.document("changing").expect("it can be read").expect("it is there");
    let text: String = units.iter().map(|unit| unit.passage.text.as_str()).collect();
    let number = text.split_once('第').and_then(|(_, rest)| rest.split_once('版')).expect("an edition").0;
    Some(number.parse().expect("a number"))
}

fn generations(index: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(index.join("generations"))
        .expect("readable")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("readable").map(|entry| entry.expect("readable")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

/// Builds on a disk of such a fault.
fn build_on(lists: &Lists, index: &Path, fault: Option<(usize, Fault)>) -> (FaultyDisk, Result<Summary, BuildError>) {
    let disk = FaultyDisk::new(index, fault);
    let folder = IndexFolder::on(index, Arc::new(disk.clone()));
    let built = build_in(&folder, &lists.options(index), &mut Quiet);
    (disk, built)
}

/// A build is tried on copies of `start`, which holds `before`; each of its steps meets each fault in turn.
fn survives(lists: &Lists, start: &Path, before: Option<u32>, new: u32) -> BTreeMap<&'static str, usize> {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let mut made = 0;
    let mut fresh = || -> PathBuf {
        made += 1;
        scratch.path().join(made.to_string())
    };
    let mut attempt = |fault: Option<(usize, Fault)>| {
        let index = fresh();
        copy(start, &index);
        let (disk, built) = build_on(lists, &index, fault);
        (index, disk, built)
    };
    let (_, disk, built) = attempt(None);
    built.expect("without a fault it succeeds");
    let steps = disk.steps();

    let check = |what: &str, index: &Path, published: bool| {
        let seen = edition(index);
        if published {
            assert_eq!(seen, Some(new), "{what}: what was said to be published is there");
        } else {
            assert!(seen == before || seen == Some(new), "{what}: {seen:?} is seen");
        }
        lists.build(index);
        assert_eq!(edition(index), Some(new), "{what}: the next build succeeds");
        let kept = generations(index);
        assert!(kept.len() <= 2 && !kept.iter().any(|name| name.starts_with("building")), "{what}: {kept:?} pile up");
        let files = fs::read_dir(index).expect("readable").count();
        assert_eq!(files, 3, "{what}: `lock`, `current` and `generations` are all that is there");
        fs::remove_dir_all(index).expect("it can be removed");
    };
    let mut random = fastrand::Rng::with_seed(7);
    for (number, kind) in steps.iter().enumerate() {
        let error = if number % 2 == 0 { NO_SPACE } else { BROKEN };
        for fault in [Fault::Fails(error), Fault::Torn(error)] {
            if matches!(fault, Fault::Torn(_)) && *kind != "write" {
                continue;
            }
            let (index, _, built) = attempt(Some((number, fault)));
            refuses_in_words(&built);
            check(&format!("step {number} ({kind}) {fault:?}"), &index, built.is_ok());
        }
        let (index, disk, built) = attempt(Some((number, Fault::Last)));
        let what = format!("step {number} ({kind}) is the last");
        for random in [None, Some(&mut random)] {
            let left = index.with_extension("cut");
            disk.power_cut(&index, &left, random).expect("it can be written");
            check(&format!("{what} before the power goes"), &left, built.is_ok());
        }
        check(&what, &index, built.is_ok());
    }
    let mut kinds = BTreeMap::new();
    for step in steps {
        *kinds.entry(step).or_default() += 1;
    }
    kinds
}

/// A disk that fails is no riddle: the message names the file or says that the index cannot be used.
fn refuses_in_words<T>(built: &Result<T, BuildError>) {
    if let Err(error) = built {
        assert!(matches!(error, BuildError::Index(_)), "{error}");
    }
}

#[test]
fn every_step_of_a_first_build_may_fail() {
    let lists = Lists::new();
    lists.publish(1);
    let start = tempfile::tempdir().expect("a temporary folder");
    let steps = survives(&lists, start.path(), None, 1);
    eprintln!("{} steps, each failed, torn and last: {steps:?}", steps.values().sum::<usize>());
}

#[test]
fn every_step_of_a_later_build_may_fail() {
    let lists = Lists::new();
    let start = tempfile::tempdir().expect("a temporary folder");
    // The third removes the first and shares what has not changed with the second.
    for edition in 1..=2 {
        lists.publish(edition);
        lists.build(start.path());
    }
    lists.publish(3);
    let steps = survives(&lists, start.path(), Some(2), 3);
    assert!(steps.contains_key("link") && steps.contains_key("remove"), "{steps:?}");
    eprintln!("{} steps, each failed, torn and last: {steps:?}", steps.values().sum::<usize>());
}

#[test]
fn publications_that_fail_do_not_pile_up() {
    let lists = Lists::new();
    let index = tempfile::tempdir().expect("a temporary folder");
    lists.publish(1);
    lists.build(index.path());
    lists.publish(2);
    for _ in 0..3 {
        let trial = tempfile::tempdir().expect("a temporary folder");
        copy(index.path(), &trial.path().join("index"));
        let steps = build_on(&lists, &trial.path().join("index"), None).0.steps();
        let publication = steps.iter().rposition(|&kind| kind == "rename").expect("it is published by renaming");
        let (_, built) = build_on(&lists, index.path(), Some((publication, Fault::Fails(NO_SPACE))));
        built.expect_err("it cannot be published");
        assert_eq!(edition(index.path()), Some(1), "what served goes on");
        assert!(generations(index.path()).len() <= 2, "{:?} pile up", generations(index.path()));
    }
    lists.build(index.path());
    assert_eq!(edition(index.path()), Some(2));
    assert_eq!(generations(index.path()).len(), 2);
}

#[test]
fn a_name_that_was_lost_takes_no_generation_with_it() {
    let lists = Lists::new();
    let index = tempfile::tempdir().expect("a temporary folder");
    for edition in 1..=2 {
        lists.publish(edition);
        lists.build(index.path());
    }
    fs::remove_file(index.path().join("current")).expect("it can be removed");
    lists.publish(3);
    lists.build(index.path());
    assert_eq!(edition(index.path()), Some(3));
    assert_eq!(generations(index.path()), ["000002", "000003"], "the one before it stays");
}
