//! Numbers, dates and times as a language writes them, on the city's clock.

use chrono::{DateTime, Datelike, TimeZone, Timelike};
use chrono_tz::Tz;
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{E, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;

use crate::message::Lang;

/// Languages whose first region in CLDR is not the one we write for: English is British here,
/// with the day before the month.
const REGIONS: [(&str, &str); 1] = [("en", "en-GB")];

/// What a language needs to write numbers and dates.
pub(super) struct Formats {
    zone: Tz,
    number: DecimalFormatter,
    date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    weekday: FixedCalendarDateTimeFormatter<Gregorian, E>,
}

impl Formats {
    /// The formats of `lang`, or why there are none.
    pub fn new(lang: Lang, zone: Tz) -> Result<Self, String> {
        let tag = REGIONS
            .iter()
            .find(|(language, _)| *language == lang.as_str())
            .map_or(lang.as_str(), |(_, tag)| tag);
        let locale: Locale = tag.parse().map_err(|error| format!("{tag}: {error}"))?;
        let none = |error: &dyn std::fmt::Display| format!("no dates and numbers known: {error}");
        Ok(Self {
            zone,
            number: DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default())
                .map_err(|error| none(&error))?,
            date: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long())
                .map_err(|error| none(&error))?,
            weekday: FixedCalendarDateTimeFormatter::try_new((&locale).into(), E::long())
                .map_err(|error| none(&error))?,
        })
    }

    /// A whole number, its digits grouped.
    pub fn number(&self, number: i64) -> String {
        self.number.format(&Decimal::from(number)).to_string()
    }

    /// Day, month in words and year.
    pub fn date(&self, millis: i64) -> Option<String> {
        let day = gregorian(&self.local(millis)?)?;
        Some(self.date.format(&day).to_string())
    }

    /// Hours and minutes of the 24-hour clock, as every language here writes them: `9:05`.
    pub fn time(&self, millis: i64) -> Option<String> {
        let at = self.local(millis)?;
        Some(format!("{}:{:02}", at.hour(), at.minute()))
    }

    /// The day of the week in full.
    pub fn weekday(&self, millis: i64) -> Option<String> {
        let day = gregorian(&self.local(millis)?)?;
        Some(self.weekday.format(&day).to_string())
    }

    fn local(&self, millis: i64) -> Option<DateTime<Tz>> {
        self.zone.timestamp_millis_opt(millis).single()
    }
}

fn gregorian(at: &DateTime<Tz>) -> Option<Date<Gregorian>> {
    let month = u8::try_from(at.month()).ok()?;
    let day = u8::try_from(at.day()).ok()?;
    Date::try_new_gregorian(at.year(), month, day).ok()
}
