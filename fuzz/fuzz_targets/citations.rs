#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lawcite_properties::citations(&String::from_utf8_lossy(bytes)));
