-- Gives how many are parked; no row when there is no such view. The checkpoint
-- is locked first, as by commit_page.sql.
-- $1 text: name
-- $2 integer: version
-- $3 text: wish, or null to take it back
WITH here AS MATERIALIZED (
  SELECT name, version
  FROM checkpoints
  WHERE name = $1 AND version = $2
  FOR UPDATE
), wished AS (
  UPDATE parked AS p
  SET wish = $3
  FROM here
  WHERE p.name = here.name AND p.version = here.version
  RETURNING p.position
)
SELECT (SELECT count(*) FROM wished) FROM here;
