#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lawcite_properties::lists(bytes));
