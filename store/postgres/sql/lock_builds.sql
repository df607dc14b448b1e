-- As find_builds.sql, until the end of the transaction. Before checkpoints, as
-- everywhere.
-- $1 text: name
-- $2 integer: version
SELECT live, last, target, previous, is_building, goes_back, stopped
FROM views
WHERE name = $1 AND version = $2
FOR UPDATE;
