-- Gives how many events are wished for, if there is such a view.
-- $1 text: name
-- $2 integer: version
-- $3 text: key, or null for all
-- $4 text: wish
WITH wished AS (
  UPDATE parked SET wish = $4
  WHERE name = $1 AND version = $2 AND ($3::text IS NULL OR key = $3)
  RETURNING position
)
SELECT (SELECT count(*) FROM wished)
FROM checkpoints
WHERE name = $1 AND version = $2;
