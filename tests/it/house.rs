//! The house rules, checked on the source tree itself. Each rule is also tried on a bad sample.

mod imports;
mod source;
mod sql;
mod text;
mod words;

use source::Source;

/// Fails with every fault and the reason why the rule exists.
fn hold(faults: &[String], why: &str) {
    assert!(
        faults.is_empty(),
        "\n{}\n\nWhy this is a rule: {why}\n",
        faults.join("\n")
    );
}

/// The faults that `rule` finds in a file of the tree that does not exist.
fn tried(rule: impl Fn(&Source) -> Vec<String>, path: &str, text: &str) -> Vec<String> {
    rule(&Source::new(path, text))
}
