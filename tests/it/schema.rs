//! Asks the public schemas of what we write, with xmllint.

use std::process::Command;

use crate::cap::root;

/// A schema below tests/data, and how xmllint takes it.
#[derive(Debug, Clone, Copy)]
pub enum Schema {
    /// CAP 1.2, an XML schema of OASIS.
    Cap,
    /// Atom, the RELAX NG schema of RFC 4287.
    Atom,
}

impl Schema {
    /// What xmllint says against these files, given by name and text; empty when all are valid.
    pub fn faults(self, files: &[(String, String)]) -> String {
        assert!(!files.is_empty(), "nothing to look at");
        let folder = tempfile::tempdir().expect("a folder");
        let (kind, schema) = match self {
            Self::Cap => ("--schema", "cap/schema/CAP-v1.2.xsd"),
            Self::Atom => ("--relaxng", "atom/rfc4287.rng"),
        };
        let mut xmllint = Command::new("xmllint");
        xmllint.args(["--noout", "--nonet", kind]);
        xmllint.arg(root().join("tests/data").join(schema));
        for (number, (name, text)) in files.iter().enumerate() {
            let file = folder.path().join(format!("{number}-{name}"));
            std::fs::write(&file, text).expect("a file");
            xmllint.arg(file);
        }
        let asked = xmllint.output().expect(
            "xmllint is missing: tests/run installs it; on Debian it is in the package libxml2-utils",
        );
        let said = String::from_utf8_lossy(&asked.stderr).into_owned();
        let valid = said.matches(" validates\n").count();
        if asked.status.success() && valid == files.len() {
            return String::new();
        }
        said
    }
}

/// The names of files that this schema has a fault to find with, so that silence means something.
#[test]
fn the_schemas_find_what_is_wrong() {
    let file = |text: &str| [("wrong.xml".to_owned(), text.to_owned())];
    let sample = std::fs::read_to_string(root().join("src/sandbox/sample.xml")).expect("a sample");
    assert_eq!(Schema::Cap.faults(&file(&sample)), "");
    for (right, wrong) in [
        ("14:57:00+03:00", "14:57:00Z"),
        ("<status>Actual</status>", ""),
        ("<scope>Public</scope>", "<scope>public</scope>"),
        ("</sender>", ""),
    ] {
        let wrong = sample.replace(right, wrong);
        assert_ne!(wrong, sample, "{right}");
        assert_ne!(Schema::Cap.faults(&file(&wrong)), "", "{right}");
    }
    let feed = "<feed xmlns='http://www.w3.org/2005/Atom'><id>a</id><title>b</title>\
                <updated>2026-06-17T14:57:00Z</updated></feed>";
    assert_eq!(Schema::Atom.faults(&file(feed)), "");
    for (right, wrong) in [
        ("<id>a</id>", ""),
        ("14:57:00Z", "14:57"),
        ("title", "name"),
    ] {
        let wrong = feed.replace(right, wrong);
        assert_ne!(Schema::Atom.faults(&file(&wrong)), "", "{right}");
    }
}
