//! A generation as one file, and back.

use std::fs;
use std::path::Path;

use lawcite_core::index::{Index, IndexFolder};
use lawcite_indexer::{BuildError, BuildOptions, Quiet, build, install_lexicon};

const LEXICON: &str = "# lawcite lexicon 1: aliases\n社保\t社会保险\n";

/// An index of one small list in a folder with its sources.
fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("lexicon")).expect("a folder");
    fs::write(folder.path().join("lexicon/aliases.tsv"), LEXICON).expect("a lexicon");
    publish(folder.path(), "依法公布社会保险数据");
    folder
}

fn publish(folder: &Path, says: &str) {
    let list = folder.join("list.md");
    fs::write(&list, format!("# 某局责任清单\n\n一、部门主要职责\n\n{says}。\n")).expect("a list");
    let options = BuildOptions {
        paths: vec![list],
        index: folder.join("index"),
        lexicon: Some(folder.join("lexicon")),
        full: false,
    };
    build(&options, &mut Quiet).expect("a generation");
}

fn text(index: &Path) -> String {
    let (manifest, problems) = IndexFolder::new(index).verify().expect("a generation serves");
    assert_eq!(problems, []);
    let index = Index::open(index).expect("it opens");
    assert_eq!(manifest.counts.documents, 1);
    let (_, units) = index.document("list").expect("it can be read").expect("it is there");
    units.iter().map(|unit| unit.passage.text.as_str()).collect()
}

fn restore(index: &Path, file: &Path) -> Result<String, String> {
    let lock = IndexFolder::new(index).lock_for_writing().expect("nobody else writes");
    lock.restore(file).map(|(generation, _)| generation).map_err(|error| error.to_string())
}

#[test]
fn what_was_backed_up_comes_back_whatever_came_after() {
    let folder = workplace();
    let (index, file) = (folder.path().join("index"), folder.path().join("lawcite.tar"));
    let before = text(&index);
    IndexFolder::new(&index).backup(&file).expect("a backup");
    publish(folder.path(), "另一份清单");
    assert_ne!(text(&index), before);
    assert_eq!(restore(&index, &file).as_deref(), Ok("000003"), "generations are only counted on");
    assert_eq!(text(&index), before);
    let elsewhere = folder.path().join("elsewhere/index");
    assert_eq!(restore(&elsewhere, &file).as_deref(), Ok("000001"));
    assert_eq!(text(&elsewhere), before);
    // What was restored is as good as what was built.
    publish(folder.path(), "又一份清单");
    assert!(text(&index).contains("又一份清单"));
}

#[test]
fn a_damaged_backup_is_refused_and_the_index_stays() {
    let folder = workplace();
    let (index, file) = (folder.path().join("index"), folder.path().join("lawcite.tar"));
    let before = text(&index);
    IndexFolder::new(&index).backup(&file).expect("a backup");
    let whole = fs::read(&file).expect("readable");
    let broken = folder.path().join("broken.tar");
    let mut random = fastrand::Rng::with_seed(512);
    for _ in 0..300 {
        let mut bytes = whole.clone();
        if random.bool() {
            let at = random.usize(..bytes.len());
            bytes[at] ^= 1 << random.u8(..8);
        } else {
            bytes.truncate(random.usize(..bytes.len()));
        }
        fs::write(&broken, bytes).expect("writable");
        // A bit of a date in the archive, or of the padding behind a file, is not the generation's.
        match restore(&index, &broken) {
            Ok(_) => {}
            Err(message) => assert!(message.contains("broken.tar"), "{message}"),
        }
        assert_eq!(text(&index), before);
    }
    for (what, bytes) in [("nothing", &b""[..]), ("text", b"# a list\n"), ("zeros", &[0; 4096])] {
        fs::write(&broken, bytes).expect("writable");
        let message = restore(&index, &broken).expect_err(what);
        assert!(message.contains("it is no backup"), "{what}: {message}");
    }
}

#[test]
fn an_archive_cannot_write_outside_the_index() {
    let folder = workplace();
    let (index, file) = (folder.path().join("index"), folder.path().join("lawcite.tar"));
    IndexFolder::new(&index).backup(&file).expect("a backup");
    let honest = fs::read(&file).expect("readable");
    // A name of as many bytes, in the manifest and in the header, whose checksum is a sum of bytes.
    let (from, to) = (&b"lexicon/aliases.tsv"[..], &b"../../../aliases.ts"[..]);
    let mut bytes = honest.clone();
    for at in 0..bytes.len() - from.len() {
        if &bytes[at..at + from.len()] == from {
            bytes[at..at + from.len()].copy_from_slice(to);
            if at % 512 == 0 {
                let header = &mut bytes[at..at + 512];
                header[148..156].fill(b' ');
                let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
                header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            }
        }
    }
    assert_ne!(bytes, honest);
    // The manifest is the first file of the archive, and whoever forges it seals it too.
    let field = b",\n  \"seal\": \"";
    let at = (512..bytes.len()).find(|&at| bytes[at..].starts_with(field)).expect("a seal");
    let seal = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&bytes[512..at]));
    bytes[at + field.len()..][..seal.len()].copy_from_slice(seal.as_bytes());
    fs::write(&file, bytes).expect("writable");
    let message = restore(&index, &file).expect_err("the name leads out of the generation");
    assert!(message.contains("it holds `../../../aliases.ts`"), "{message}");
    assert!(!folder.path().join("aliases.ts").exists());
}

#[test]
fn a_changed_lexicon_is_installed_without_its_sources() {
    let folder = workplace();
    let (index, lexicon) = (folder.path().join("index"), folder.path().join("lexicon"));
    let before = text(&index);
    fs::remove_file(folder.path().join("list.md")).expect("it was there");
    fs::write(lexicon.join("aliases.tsv"), format!("{LEXICON}公积金\t住房公积金\n")).expect("a lexicon");
    let manifest = install_lexicon(&index, &lexicon).expect("a generation");
    assert_eq!(manifest.sources.len(), 1, "it still says what it was made of");
    assert_eq!(text(&index), before);
    let index_now = Index::open(&index).expect("it opens");
    assert!(index_now.lexicon().entries().any(|entry| entry.term == "公积金"));
    drop(index_now);

    fs::write(lexicon.join("segmentation.dict"), "住房公积金 100 n\n").expect("a lexicon");
    let error = install_lexicon(&index, &lexicon).expect_err("the analyzer would be another one");
    assert!(matches!(error, BuildError::LexiconActsOnSources { .. }));
    assert!(error.to_string().contains("lawcite index"), "{error}");
    assert_eq!(text(&index), before);
}
