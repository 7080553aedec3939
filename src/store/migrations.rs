//! The schema's history: every migration by its number and its name.

/// A migration by its number and its name, as its file is called.
macro_rules! migration {
    ($number:literal, $name:literal) => {
        (
            $number,
            $name,
            include_str!(concat!("../../migrations/000", $number, "_", $name, ".sql")),
        )
    };
}

/// Every migration, in order. They are additive for one release.
pub(super) const MIGRATIONS: [(i64, &str, &str); 9] = [
    migration!(1, "foundation"),
    migration!(2, "citizens"),
    migration!(3, "feeds"),
    migration!(4, "alert_desk"),
    migration!(5, "pictures"),
    migration!(6, "replay"),
    migration!(7, "schedules"),
    migration!(8, "following"),
    migration!(9, "draft_facts"),
];
