//! `glas`: the command line hands over to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    glas::cli::main()
}
