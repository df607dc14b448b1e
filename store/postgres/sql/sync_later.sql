-- Spares a view's commits the wait for the disk: a crash can take a view back
-- to an earlier checkpoint, from where it is built again. The WAL keeps the
-- order of commits, so a view never survives without its events.
SELECT set_config('synchronous_commit', 'off', false);
