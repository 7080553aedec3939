//! `glas`: the command line hands over to the library.

use std::process::ExitCode;

// Letters are many small strings: the system's allocator alone took a fifth of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    glas::cli::main()
}
