//! Fuzzes `holds::cap`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holds::cap(bytes));
