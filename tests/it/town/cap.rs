//! Alerts for the town: the sandbox's sample with its times, kind, place and severity changed.

use std::time::Duration;

use chrono::SecondsFormat;
use glas::base::clock::{Clock, Millis};

/// The district that the sample is for.
pub const LYULIN: &str = "68134-19";

/// A CAP message.
#[derive(Debug, Clone)]
pub struct Cap {
    identifier: String,
    sent: String,
    expires: Millis,
    kind: &'static str,
    severity: &'static str,
    district: &'static str,
    polygon: Option<&'static str>,
    about: Option<String>,
}

fn rfc3339(at: Millis) -> String {
    let at = at.utc().expect("a moment of these years");
    at.with_timezone(&chrono_tz::Europe::Sofia)
        .to_rfc3339_opts(SecondsFormat::Secs, false)
}

impl Cap {
    /// A severe thunderstorm over Lyulin, sent just now, for three hours.
    pub fn new(identifier: &str) -> Self {
        let now = Clock::system().now();
        Self {
            identifier: identifier.to_owned(),
            sent: rfc3339(now),
            expires: now.plus(Duration::from_hours(3)),
            kind: "Alert",
            severity: "Severe",
            district: LYULIN,
            polygon: None,
            about: None,
        }
    }

    /// An `Update` or `Cancel` of this one.
    pub fn follow_up(&self, identifier: &str, kind: &'static str) -> Self {
        Self {
            identifier: identifier.to_owned(),
            kind,
            about: Some(format!(
                "alerts@sofia.example,{},{}",
                self.identifier, self.sent
            )),
            ..Self::new(identifier)
        }
    }

    /// The same, sent at `now` and over in three hours.
    pub fn at(self, now: Millis) -> Self {
        Self {
            sent: rfc3339(now),
            expires: now.plus(Duration::from_hours(3)),
            ..self
        }
    }

    /// The same, drawn and not coded: corners as CAP has them, "lat,lon lat,lon …".
    pub fn polygon(self, polygon: &'static str) -> Self {
        Self {
            polygon: Some(polygon),
            ..self
        }
    }

    /// The same with another severity.
    pub fn severity(self, severity: &'static str) -> Self {
        Self { severity, ..self }
    }

    /// The same for another district.
    pub fn district(self, district: &'static str) -> Self {
        Self { district, ..self }
    }

    /// The same, over at `expires`.
    pub fn expires(self, expires: Millis) -> Self {
        Self { expires, ..self }
    }

    /// As it comes.
    pub fn xml(&self) -> String {
        let references = self.about.as_ref().map_or(String::new(), |about| {
            format!("<references>{about}</references>")
        });
        let mut xml = include_str!("../../../src/sandbox/sample.xml").to_owned();
        for (what, by) in [
            ("glas-sample-1055887203", self.identifier.as_str()),
            ("2026-06-17T18:00:00+03:00", "the end"),
            ("2026-06-17T14:57:00+03:00", &self.sent),
            ("the end", &rfc3339(self.expires)),
            (
                "<msgType>Alert</msgType>",
                &format!("<msgType>{}</msgType>", self.kind),
            ),
            (
                "<severity>Severe</severity>",
                &format!("<severity>{}</severity>", self.severity),
            ),
            (
                "<scope>Public</scope>",
                &format!("<scope>Public</scope>{references}"),
            ),
            ("68134-19", self.district),
        ] {
            assert!(xml.contains(what), "the sample has no {what}");
            xml = xml.replace(what, by);
        }
        let coded = (xml.find("<geocode>")).zip(xml.find("</geocode>"));
        if let (Some(polygon), Some((from, to))) = (self.polygon, coded) {
            let coded = xml[from..to + "</geocode>".len()].to_owned();
            xml = xml.replace(&coded, &format!("<polygon>{polygon}</polygon>"));
        }
        xml
    }
}
