-- The facts that a draft was drawn up from, as JSON, so that it can be edited and updated; none where
-- it came from a feed or a file. Additive: a process of the release before runs on beside it.
alter table draft add column facts text;
