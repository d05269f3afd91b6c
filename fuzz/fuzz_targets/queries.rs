#![no_main]

libfuzzer_sys::fuzz_target!(init: lawcite_properties::serve(), |bytes: &[u8]| {
    lawcite_properties::queries(&String::from_utf8_lossy(bytes));
});
