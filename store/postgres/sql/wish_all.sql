-- Gives how many are parked; no row when there is no such view. The builds are
-- locked first, then the checkpoint, as by commit_page.sql.
-- $1 text: name
-- $2 integer: version
-- $3 text: wish, or null to take it back
WITH live AS MATERIALIZED (
  SELECT live_row, version
  FROM views
  WHERE name = $1 AND version = $2
  FOR SHARE
), here AS MATERIALIZED (
  SELECT c.name, c.version
  FROM live
  JOIN checkpoints AS c ON c.name = live.live_row AND c.version = live.version
  FOR UPDATE OF c
), wished AS (
  UPDATE parked AS p
  SET wish = $3
  FROM here
  WHERE p.name = here.name AND p.version = here.version
  RETURNING p.position
)
SELECT (SELECT count(*) FROM wished) FROM here;
