//! Whom a letter never came to because a newer one took its place: counted when nothing waits for it.

use glas::outbox::report::{self, Progress};
use glas::people::Wish;

use crate::town::{Base, Cap, LYULIN, Plan, Town, on_both};

on_both!(
    whom_it_never_came_to_is_counted_later,
    what_followed_it_adds_nobody_to_it,
);

/// Another district.
const SREDETS: &str = "68134-01";

/// How the walk ended, who was planned, and who of them it never came to.
fn left_out(progress: &Progress) -> (&str, i64, i64) {
    assert!(progress.balances(), "{progress:?}");
    assert_eq!(progress.to_go(), 0, "{progress:?}");
    (&progress.walk, progress.planned, progress.dropped)
}

async fn whom_it_never_came_to_is_counted_later(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    town.move_in("telegram", 1..3, "bg", Wish::EVERYTHING).await;
    let storm = Cap::new("storm");
    let letter = town.alert(&storm).await;
    let cancel = town.alert(&storm.follow_up("over", "Cancel")).await;
    let counted = "select count(*) from broadcast where planned is not null";
    assert_eq!(town.count(counted).await, 0, "nothing waited for a count");
    let progress = town.progress(letter).await;
    assert_eq!(left_out(&progress["telegram"]), ("superseded", 2, 2));
    // Until the number is written down it is as of now; then it stays.
    town.move_in("telegram", 3..4, "bg", Wish::EVERYTHING).await;
    let counted = report::count_left_out(&town.db).await;
    counted.expect("they can be counted");
    town.move_in("telegram", 4..5, "bg", Wish::EVERYTHING).await;
    let progress = town.progress(letter).await;
    assert_eq!(left_out(&progress["telegram"]), ("superseded", 3, 3));
    assert_eq!(left_out(&progress["discord"]), ("superseded", 0, 0));
    town.start().await;
    let cancelled = town.delivered(cancel).await;
    assert_eq!(left_out(&cancelled["telegram"]), ("ended", 0, 0));
    assert_eq!(town.inbox("telegram", "1").len(), 0);
    town.end().await;
}

async fn what_followed_it_adds_nobody_to_it(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    let (here, there) = (town.wish_for(LYULIN), town.wish_for(SREDETS));
    town.move_in("telegram", 1..3, "bg", here).await;
    town.move_in("telegram", 3..6, "bg", there).await;
    let storm = Cap::new("storm");
    let first = town.alert(&storm).await;
    let worse = storm.follow_up("worse", "Update");
    let second = town.alert(&worse).await;
    let moved = worse.follow_up("moved", "Update").district(SREDETS);
    let third = town.alert(&moved).await;
    town.start().await;
    let progress = town.delivered(third).await;
    assert_eq!(progress["telegram"].count("sent"), 3, "{progress:?}");
    // The third reached three more of their thread, who never were those of the second.
    for letter in [first, second] {
        let progress = town.progress(letter).await;
        assert_eq!(left_out(&progress["telegram"]), ("superseded", 2, 2));
    }
    town.end().await;
}
