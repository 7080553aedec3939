//! Fuzzes `holds::api`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holds::api(bytes));
