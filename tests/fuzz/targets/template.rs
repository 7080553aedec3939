//! Fuzzes `holds::template`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holds::template(bytes));
