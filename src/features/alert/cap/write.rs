//! Writes an [`Alert`] as CAP 1.2, strictly: what is written validates and reads back the same.

use chrono::{Offset as _, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::super::{Alert, Area, Category, Code, Info, MsgType, Resource, Scope, Status};
use super::values::{self, PLAUSIBLE};
use crate::base::clock::Millis;
use crate::base::point::{Point, Shape};
use crate::base::xml::Document;

/// The namespace of CAP 1.2.
pub const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";
/// The media type of a CAP file.
pub const MEDIA_TYPE: &str = "application/cap+xml";
/// What CAP says where nothing is known.
const UNKNOWN: &str = "Unknown";

/// The alert as a CAP 1.2 file, its times in `zone`.
///
/// What CAP asks for is always there. An alert that does not say its status, its type or its scope
/// is written as a draft, which nobody acts upon. An event without a name takes the headline or its
/// category; an area without one takes what it is made of. The signature and parts that could not
/// be read are not written.
#[must_use]
pub fn write(alert: &Alert, zone: Tz) -> String {
    let mut out = Document::new();
    let all_said = alert.msg_type.is_some() && alert.scope.is_some();
    let status = alert.status.filter(|_| all_said).unwrap_or(Status::Draft);
    let msg_type = alert.msg_type.unwrap_or(MsgType::Alert);
    let scope = alert.scope.unwrap_or(Scope::Public);
    out.open("alert", &[("xmlns", NAMESPACE)]);
    out.text("identifier", &alert.identifier);
    out.text("sender", &alert.sender);
    out.text("sent", &time(alert.sent, zone));
    out.text("status", status.name());
    out.text("msgType", msg_type.name());
    maybe(&mut out, "source", alert.source.as_deref());
    out.text("scope", scope.name());
    maybe(&mut out, "restriction", alert.restriction.as_deref());
    maybe(&mut out, "addresses", alert.addresses.as_deref());
    for code in &alert.codes {
        out.text("code", code);
    }
    maybe(&mut out, "note", alert.note.as_deref());
    let references = references(alert, zone);
    maybe(&mut out, "references", references.as_deref());
    maybe(&mut out, "incidents", alert.incidents.as_deref());
    for info in &alert.infos {
        self::info(&mut out, info, zone);
    }
    out.finish()
}

/// The messages that an alert refers to, as CAP writes them: `sender,identifier,sent`, parted by
/// blanks.
#[must_use]
pub fn references(alert: &Alert, zone: Tz) -> Option<String> {
    let all: Vec<String> = (alert.references.iter())
        .map(|one| format!("{},{},{}", one.sender, one.identifier, time(one.sent, zone)))
        .collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// A moment as CAP writes it: in `zone`, with whole seconds and an offset; UTC is `-00:00`. What
/// lies outside the years 1970 to 2199 is no moment of an alert and written as their end.
#[must_use]
pub fn time(at: Millis, zone: Tz) -> String {
    let seconds = at.0.clamp(PLAUSIBLE.start, PLAUSIBLE.end - 1) / 1000;
    let utc = Utc.timestamp_opt(seconds, 0).single().unwrap_or_default();
    let local = utc.with_timezone(&zone);
    let offset = local.offset().fix().local_minus_utc();
    // Offsets of old that are no whole minutes cannot be written.
    if offset == 0 || offset % 60 != 0 {
        return utc.format("%Y-%m-%dT%H:%M:%S-00:00").to_string();
    }
    local.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn info(out: &mut Document, info: &Info, zone: Tz) {
    let when = |at: Option<Millis>| at.map(|at| time(at, zone));
    out.open("info", &[]);
    out.text("language", &values::language(&info.language));
    for category in &info.categories {
        out.text("category", category.name());
    }
    if info.categories.is_empty() {
        out.text("category", Category::Other.name());
    }
    out.text("event", event(info));
    for response in &info.response_types {
        out.text("responseType", response.name());
    }
    out.text("urgency", info.urgency.name());
    out.text("severity", info.severity.name());
    out.text("certainty", info.certainty.name());
    maybe(out, "audience", info.audience.as_deref());
    codes(out, "eventCode", &info.event_codes);
    maybe(out, "effective", when(info.effective).as_deref());
    maybe(out, "onset", when(info.onset).as_deref());
    maybe(out, "expires", when(info.expires).as_deref());
    maybe(out, "senderName", info.sender_name.as_deref());
    maybe(out, "headline", info.headline.as_deref());
    maybe(out, "description", info.description.as_deref());
    maybe(out, "instruction", info.instruction.as_deref());
    maybe(out, "web", info.web.as_ref().map(url::Url::as_str));
    maybe(out, "contact", info.contact.as_deref());
    codes(out, "parameter", &info.parameters);
    for resource in &info.resources {
        self::resource(out, resource);
    }
    for area in &info.areas {
        self::area(out, area);
    }
    out.close();
}

/// The event's name, which CAP requires.
#[must_use]
pub fn event(info: &Info) -> &str {
    let headline = info.headline.as_deref();
    let named = [Some(info.event.as_str()), headline].into_iter().flatten();
    let category = info.categories.first().copied().unwrap_or(Category::Other);
    let mut named = named.filter(|name| !name.is_empty());
    named.next().unwrap_or(category.name())
}

fn resource(out: &mut Document, resource: &Resource) {
    out.open("resource", &[]);
    out.text("resourceDesc", filled(&resource.description));
    out.text("mimeType", filled(&resource.mime_type));
    let size = resource.size.map(|size| size.to_string());
    maybe(out, "size", size.as_deref());
    maybe(out, "uri", resource.uri.as_ref().map(url::Url::as_str));
    maybe(out, "digest", resource.digest.as_deref());
    out.close();
}

fn area(out: &mut Document, area: &Area) {
    out.open("area", &[]);
    let polygons: Vec<String> = area.shapes.iter().filter_map(polygon).collect();
    let circles: Vec<String> = area.shapes.iter().filter_map(circle).collect();
    out.text(
        "areaDesc",
        &area_name(area, polygons.iter().chain(&circles)),
    );
    for polygon in &polygons {
        out.text("polygon", polygon);
    }
    for circle in &circles {
        out.text("circle", circle);
    }
    codes(out, "geocode", &area.geocodes);
    let height = |height: Option<f64>| height.filter(|it| it.is_finite()).map(|it| it.to_string());
    maybe(out, "altitude", height(area.altitude).as_deref());
    maybe(out, "ceiling", height(area.ceiling).as_deref());
    out.close();
}

/// The area's name, which CAP requires: its own, else its first code or shape, as much of it as a
/// name may have.
fn area_name<'a>(area: &Area, shapes: impl Iterator<Item = &'a String>) -> String {
    if !area.description.is_empty() {
        return area.description.clone();
    }
    let mut codes = area.geocodes.iter();
    let code = codes
        .next()
        .map(|code| format!("{} {}", code.scheme, code.value));
    let name = code.or_else(|| shapes.into_iter().next().cloned());
    values::excerpt(&name.unwrap_or_else(|| UNKNOWN.to_owned()))
}

/// The corners and the first one again; `None` where it is no polygon.
fn polygon(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Polygon(ring) if ring.len() >= 3 => {
            let closed: Vec<String> = ring.iter().chain(ring.first()).map(point).collect();
            Some(closed.join(" "))
        }
        _ => None,
    }
}

/// The middle and the radius in kilometres, to the millimetre; `None` where it is no circle.
fn circle(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Circle { centre, radius_m } if radius_m.is_finite() => {
            let radius_km = (radius_m.max(0.0) * 1e3).round() / 1e6;
            Some(format!("{} {radius_km}", point(centre)))
        }
        _ => None,
    }
}

fn point(point: &Point) -> String {
    let (lat, lon) = point.degrees();
    format!("{lat},{lon}")
}

fn codes(out: &mut Document, element: &'static str, codes: &[Code]) {
    for code in codes {
        out.open(element, &[]);
        out.text("valueName", &code.scheme);
        out.text("value", &code.value);
        out.close();
    }
}

fn maybe(out: &mut Document, name: &'static str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        out.text(name, text);
    }
}

fn filled(text: &str) -> &str {
    if text.is_empty() { UNKNOWN } else { text }
}
