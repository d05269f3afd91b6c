use std::path::Path;

use lawcite_core::statute::Statute;
use lawcite_indexer::source::decode;
use lawcite_indexer::statute::{identify, is_jsonl, is_statute, jsonl_statutes, parse, parse_jsonl};

use crate::units::assert_whole;

/// The bytes of any text are refused with a reason, or read as a statute, whatever they are, and as lines of JSON.
pub fn statutes(bytes: &[u8]) {
    let Ok(source) = decode(Path::new("statute.md"), bytes.to_vec()) else { return };
    let _ = is_statute(source.text());
    let statute = parse(&source);
    let identity = identify(&source);
    assert_eq!((&identity.name, &identity.version), (&statute.name, &statute.version), "the head says what it is");
    assert_statute(&statute);

    if is_jsonl(source.text()) {
        let mut named: Vec<String> = jsonl_statutes(&source)
            .into_iter()
            .map(|(name, version)| lawcite_core::statute::statute_id(&name, &version))
            .collect();
        let statutes = parse_jsonl(&source);
        let mut read: Vec<String> = statutes.iter().map(Statute::id).collect();
        named.sort_unstable();
        read.sort_unstable();
        assert_eq!(read, named, "a survey names the statutes that are read");
        statutes.iter().for_each(assert_statute);
    }
}

fn assert_statute(statute: &Statute) {
    let units = statute.units();
    assert_eq!(units.len(), statute.entries.len());
    assert_whole(&statute.id(), &units);
}
