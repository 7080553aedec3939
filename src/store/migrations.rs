//! Every migration, in order. They are additive for one release.

/// Number, name and statements of each.
pub(super) const ALL: [(i64, &str, &str); 3] = [
    (
        1,
        "foundation",
        include_str!("../../migrations/0001_foundation.sql"),
    ),
    (
        2,
        "citizens",
        include_str!("../../migrations/0002_citizens.sql"),
    ),
    (3, "feeds", include_str!("../../migrations/0003_feeds.sql")),
];
