-- Why a view is paused, and its parked events with a wish: as
-- sql/read_parked.sql, with the pause behind.
-- $1 text: name
-- $2 integer: version
-- $3 bigint: limit
SELECT p.position, p.key, p.is_stream, p.reason, p.message, p.attempts,
  p.parked_at, p.wish, c.paused
FROM checkpoints AS c
LEFT JOIN LATERAL (
  SELECT * FROM parked
  WHERE name = $1 AND version = $2 AND wish <> 'none'
  ORDER BY position
  LIMIT $3
) AS p ON true
WHERE c.name = $1 AND c.version = $2
ORDER BY p.position;
