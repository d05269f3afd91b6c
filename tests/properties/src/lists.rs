use std::path::Path;

use lawcite_core::responsibility::ResponsibilityList;
use lawcite_indexer::listing::{self, Vocabulary};
use lawcite_indexer::responsibility;
use lawcite_indexer::source::decode_file;

use crate::units::assert_whole;

/// The bytes of any file are refused with a reason, or read as a list, as duties and as rows, whose units are the list again.
pub fn lists(bytes: &[u8]) {
    let Ok(source) = decode_file(Path::new("list"), bytes.to_vec()) else { return };
    let Ok((blocks, _)) = source.blocks() else { return };
    let vocabulary = Vocabulary::default();
    let _ = listing::is_listing(&blocks, &vocabulary);
    for list in [responsibility::parse("list", &blocks), listing::parse("list", &blocks, &vocabulary).list] {
        let units = list.units();
        assert_whole("list", &units);
        assert!(
            list.warnings.windows(2).all(|pair| pair[0].line <= pair[1].line),
            "warnings are in the order of lines"
        );
        let again = ResponsibilityList::from_units(list.header(), &units).expect("they are its units");
        assert_eq!(again, list, "a list is its units");
    }
}
