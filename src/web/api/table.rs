//! Everything that can be asked of the API, in one table: it routes, and the description is made of it.

use crate::config::operators::Scope;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// The description of all this.
    Describe,
    /// Whose token it is and what it is good for.
    Me,
    /// The templates and what they ask.
    Templates,
    /// The drafts that are being written or wait.
    Drafts,
    /// A new draft.
    NewDraft,
    /// One draft.
    Draft,
    /// What a draft comes to.
    Preview,
    /// Its author is done with it.
    Submit,
    /// A second person lets it go out.
    Approve,
    /// A second person gives it back.
    Return,
    /// A second person stops it.
    Reject,
    /// One person sends what takes two.
    BreakGlass,
    /// What went out.
    Alerts,
    /// One alert.
    Alert,
    /// How far an alert has come.
    Report,
    /// New facts about an alert.
    Update,
    /// The end of an alert.
    Cancel,
    /// The word that an alert was wrong.
    Correct,
}

/// What a body holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// There is none.
    Nothing,
    /// JSON of this schema.
    Json(&'static str),
    /// JSON of this schema, or a CAP message.
    JsonOrCap(&'static str),
}

/// A row of the table. Summaries are for programmers and, like code, in English.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// What is asked.
    pub op: Op,
    /// Its name in the description.
    pub id: &'static str,
    /// Whether it changes something: then it is a POST, else a GET.
    pub changes: bool,
    /// Its path; a segment in braces stands for a number of ours.
    pub path: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// What a token must be good for; `None`: any token does.
    pub scope: Option<Scope>,
    /// What it takes.
    pub takes: Takes,
    /// The status and the schema of its answer.
    pub gives: (u16, &'static str),
}

const fn look(
    op: Op,
    id: &'static str,
    path: &'static str,
    gives: &'static str,
    summary: &'static str,
) -> Operation {
    Operation {
        op,
        id,
        changes: false,
        path,
        summary,
        scope: Some(Scope::Read),
        takes: Takes::Nothing,
        gives: (200, gives),
    }
}

const fn decide(
    op: Op,
    id: &'static str,
    path: &'static str,
    scope: Scope,
    takes: &'static str,
    summary: &'static str,
) -> Operation {
    Operation {
        op,
        id,
        changes: true,
        path,
        summary,
        scope: Some(scope),
        takes: Takes::Json(takes),
        gives: (200, "Draft"),
    }
}

const fn draw(
    op: Op,
    id: &'static str,
    path: &'static str,
    takes: Takes,
    summary: &'static str,
) -> Operation {
    Operation {
        op,
        id,
        changes: true,
        path,
        summary,
        scope: Some(Scope::Draft),
        takes,
        gives: (201, "Draft"),
    }
}

/// Everything that can be asked.
pub const TABLE: [Operation; 18] = [
    Operation {
        scope: None,
        ..look(
            Op::Describe,
            "describe",
            "/api/v1/openapi.json",
            "Description",
            "This description; needs no token.",
        )
    },
    Operation {
        scope: None,
        ..look(
            Op::Me,
            "whoAmI",
            "/api/v1/me",
            "Me",
            "Whose token this is, and what it is good for.",
        )
    },
    look(
        Op::Templates,
        "listTemplates",
        "/api/v1/templates",
        "Templates",
        "The templates, the facts that each asks for and those that it must have.",
    ),
    look(
        Op::Drafts,
        "listDrafts",
        "/api/v1/drafts",
        "Drafts",
        "The drafts that are being written, wait for a second person or came back; at most 50, the newest first.",
    ),
    draw(
        Op::NewDraft,
        "createDraft",
        "/api/v1/drafts",
        Takes::JsonOrCap("NewDraft"),
        "Writes a draft from a template's facts or from a CAP message. Nothing goes out yet.",
    ),
    look(
        Op::Draft,
        "getDraft",
        "/api/v1/drafts/{draft}",
        "Draft",
        "One draft.",
    ),
    look(
        Op::Preview,
        "previewDraft",
        "/api/v1/drafts/{draft}/preview",
        "Preview",
        "For how many people it is, by channel and district, and what every channel will show in each language.",
    ),
    decide(
        Op::Submit,
        "submitDraft",
        "/api/v1/drafts/{draft}/submit",
        Scope::Draft,
        "Submission",
        "Submits a draft: it waits for a second person or, where it needs none and the token may send, goes out.",
    ),
    decide(
        Op::Approve,
        "approveDraft",
        "/api/v1/drafts/{draft}/approve",
        Scope::Decide,
        "Approval",
        "Lets go out what another submitted.",
    ),
    decide(
        Op::Return,
        "returnDraft",
        "/api/v1/drafts/{draft}/return",
        Scope::Decide,
        "Reason",
        "Gives back to its author what another submitted.",
    ),
    decide(
        Op::Reject,
        "rejectDraft",
        "/api/v1/drafts/{draft}/reject",
        Scope::Decide,
        "Reason",
        "Stops for good what another submitted.",
    ),
    decide(
        Op::BreakGlass,
        "breakGlass",
        "/api/v1/drafts/{draft}/break-glass",
        Scope::BreakGlass,
        "Reason",
        "Sends alone what needs two people. Everybody who could have approved it is called.",
    ),
    look(
        Op::Alerts,
        "listAlerts",
        "/api/v1/alerts",
        "Alerts",
        "The public alerts in force and those of the last 30 days; at most 200.",
    ),
    look(
        Op::Alert,
        "getAlert",
        "/api/v1/alerts/{alert}",
        "Alert",
        "One alert that went out.",
    ),
    look(
        Op::Report,
        "reportAlert",
        "/api/v1/alerts/{alert}/report",
        "Report",
        "How far an alert has come on each channel.",
    ),
    draw(
        Op::Update,
        "updateAlert",
        "/api/v1/alerts/{alert}/update",
        Takes::Json("Update"),
        "Writes a draft with new facts about an alert that went out.",
    ),
    draw(
        Op::Cancel,
        "cancelAlert",
        "/api/v1/alerts/{alert}/cancel",
        Takes::Nothing,
        "Tells everybody whom an alert reached that it is over: at once where the token may send, else after a second person.",
    ),
    draw(
        Op::Correct,
        "correctAlert",
        "/api/v1/alerts/{alert}/correct",
        Takes::Json("Correction"),
        "Tells everybody whom an alert reached that it was wrong: at once where the token may send, else after a second person.",
    ),
];

impl Operation {
    /// Its method.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        if self.changes { "POST" } else { "GET" }
    }

    /// The name of the number in its path, if there is one.
    #[must_use]
    pub fn named(&self) -> Option<&'static str> {
        let (_, rest) = self.path.split_once('{')?;
        rest.split_once('}').map(|(name, _)| name)
    }
}

/// Why a path leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub enum Lost {
    /// There is nothing.
    Nowhere,
    /// There is something for other methods.
    Method(Vec<&'static str>),
}

/// What a method and a path ask for, and the number in the path: 0, which nothing has, where it is
/// no number of ours or there is none.
///
/// # Errors
/// [`Lost`].
pub fn route(method: &str, path: &str) -> Result<(&'static Operation, i64), Lost> {
    let mut others = vec![];
    for operation in &TABLE {
        let Some(number) = matched(operation.path, path) else {
            continue;
        };
        let head = method == "HEAD" && !operation.changes;
        if method == operation.method() || head {
            return Ok((operation, number));
        }
        others.push(operation.method());
        if !operation.changes {
            others.push("HEAD");
        }
    }
    Err(if others.is_empty() {
        Lost::Nowhere
    } else {
        Lost::Method(others)
    })
}

fn matched(pattern: &str, path: &str) -> Option<i64> {
    let mut number = 0;
    let mut given = path.split('/');
    for expected in pattern.split('/') {
        let segment = given.next()?;
        if expected.starts_with('{') {
            number = read_number(segment).unwrap_or(0);
        } else if expected != segment {
            return None;
        }
    }
    given.next().is_none().then_some(number)
}

/// One of our numbers, as it is written: digits without a zero before them.
#[must_use]
pub fn read_number(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|digit| digit.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_where_the_table_says() {
        for operation in &TABLE {
            let path = operation
                .path
                .replace("{draft}", "42")
                .replace("{alert}", "42");
            let found = route(operation.method(), &path);
            let number = i64::from(operation.named().is_some()) * 42;
            let found = found.map(|(found, number)| (found.op, number));
            assert_eq!(found, Ok((operation.op, number)), "{path}");
        }
        let number = |path| route("GET", path).map(|(_, number)| number);
        assert_eq!(number("/api/v1/drafts/007"), Ok(0));
        assert_eq!(number("/api/v1/drafts/-1"), Ok(0));
        assert_eq!(number("/api/v1/drafts/99999999999999999999"), Ok(0));
        for nowhere in [
            "/api",
            "/api/",
            "/api/v1",
            "/api/v1/drafts/",
            "/api/v1/drafts/1/",
            "/api/v2/me",
        ] {
            assert_eq!(number(nowhere), Err(Lost::Nowhere), "{nowhere}");
        }
        let drafts = route("DELETE", "/api/v1/drafts").map(drop);
        assert_eq!(drafts, Err(Lost::Method(vec!["GET", "HEAD", "POST"])));
        assert!(route("HEAD", "/api/v1/me").is_ok());
    }
}
