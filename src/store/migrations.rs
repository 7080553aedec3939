//! The migrations that the program brings along.

/// Every migration, in order. They are additive for one release.
pub(super) const MIGRATIONS: [(i64, &str, &str); 3] = [
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
    (
        5,
        "pictures",
        include_str!("../../migrations/0005_pictures.sql"),
    ),
];
