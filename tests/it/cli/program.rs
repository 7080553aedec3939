//! The program in a folder of its own, and programs that go on running beside the test.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// The project's own folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a finished command said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A folder with a `bot.toml` for Sofia and SQLite.
pub struct Place {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Place {
    /// With `more` at the end of the `bot.toml`.
    pub fn new(more: &str) -> Self {
        let quoted = |name: &str| {
            let path = project().join(name).display().to_string();
            toml::Value::from(path).to_string()
        };
        Self::with(&format!(
            "[city]\nfolder = {}\nlocales = {}\n{more}",
            quoted("cities/sofia"),
            quoted("locales")
        ))
    }

    /// With this `bot.toml`.
    pub fn with(bot_toml: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Self {
            folder,
            environment: vec![],
        };
        place.write("bot.toml", bot_toml);
        place
    }

    /// With these variables set for every command.
    pub fn environment(self, environment: &[(String, String)]) -> Self {
        Self {
            environment: environment.to_vec(),
            ..self
        }
    }

    /// The value of a variable that is set for every command.
    pub fn variable(&self, name: &str) -> &str {
        let set = self.environment.iter().find(|(known, _)| known == name);
        set.map(|(_, value)| value.as_str()).expect(name)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file");
    }

    /// A command on this place's `bot.toml`, run from its folder, with nothing of the outer
    /// environment that could change the answer.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare(&["--config", "bot.toml"]);
        command.args(arguments).current_dir(self.folder.path());
        command.envs(self.environment.iter().cloned());
        command
    }

    /// Runs a command to its end.
    pub fn glas(&self, arguments: &[&str]) -> Said {
        finish(&mut self.command(arguments))
    }

    /// Runs a command that must end well, and returns what it said.
    pub fn good(&self, arguments: &[&str]) -> String {
        let said = self.glas(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {said:?}");
        said.out
    }
}

/// The program with an environment of its own.
pub fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_glas"));
    for (name, _) in std::env::vars() {
        if name.starts_with("GLAS_") || name.starts_with("LC_") || name == "RUST_LOG" {
            command.env_remove(name);
        }
    }
    command.env("LANG", "en_GB.UTF-8").args(arguments);
    command
}

/// Runs a command to its end.
pub fn finish(command: &mut Command) -> Said {
    let output = command.stdin(Stdio::null()).output().expect("the program");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A program that goes on running; killed when dropped.
pub struct Running {
    child: Child,
    typing: ChildStdin,
    lines: Receiver<String>,
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        let piped = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the program");
        let (heard, lines) = channel();
        listen(child.stdout.take().expect("piped"), heard.clone());
        listen(child.stderr.take().expect("piped"), heard);
        let typing = child.stdin.take().expect("piped");
        Self {
            child,
            typing,
            lines,
        }
    }

    /// Types a line.
    pub fn say(&mut self, line: &str) {
        writeln!(self.typing, "{line}").expect("the program reads");
    }

    /// Reads up to and with the first line that holds `text`; returns all of that.
    pub fn until(&self, text: &str) -> String {
        self.until_enough(text, |all| all.contains(text))
    }

    /// Reads line by line until `enough` of it has come; `what` is that in words.
    pub fn until_enough(&self, what: &str, enough: impl Fn(&str) -> bool) -> String {
        let mut all = String::new();
        let end = Instant::now() + PATIENCE;
        while !enough(&all) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("“{what}” never came; what came was:\n{all}");
            };
            all += &line;
            all.push('\n');
        }
        all
    }

    /// What has come and was not read yet.
    pub fn so_far(&self) -> String {
        self.lines.try_iter().map(|line| line + "\n").collect()
    }

    /// Asks it to end, as a service manager does.
    pub fn terminate(&self) {
        let kill = format!("kill -TERM {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &kill]).status();
        assert!(sent.expect("a shell").success(), "no signal could be sent");
    }

    /// Reads what is left and waits for the end.
    pub fn end(mut self) -> (Option<i32>, String) {
        let mut all = String::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            all += &line;
            all.push('\n');
        }
        let status = self.child.wait().expect("an end");
        (status.code(), all)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already is as good as killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Hands on line by line, so that a silent program can be told from a waiting one.
fn listen(from: impl Read + Send + 'static, heard: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if heard.send(line).is_err() {
                break;
            }
        }
    });
}
