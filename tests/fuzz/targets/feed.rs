//! Fuzzes `holds::feed`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holds::feed(bytes));
