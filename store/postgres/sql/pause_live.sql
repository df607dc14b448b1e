-- The builds are locked first, so that a build that goes live meanwhile is the
-- one that is paused.
-- $1 text: name
-- $2 integer: version
-- $3 text: why, or null to go on
WITH live AS MATERIALIZED (
  SELECT live_row, version
  FROM views
  WHERE name = $1 AND version = $2
  FOR SHARE
)
UPDATE checkpoints AS c
SET paused = $3
FROM live
WHERE c.name = live.live_row AND c.version = live.version;
