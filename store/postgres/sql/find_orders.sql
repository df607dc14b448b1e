-- Why the view is paused, and behind it the parked events with a wish, or
-- nulls.
-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 bigint: limit
SELECT p.position, p.key, p.is_stream, p.reason, p.message, p.attempts,
  p.parked_at, p.wish, c.paused
FROM checkpoints AS c
LEFT JOIN LATERAL (
  SELECT *
  FROM parked
  WHERE name = $1 AND version = $2 AND wish IS NOT NULL
  ORDER BY name, version, position
  LIMIT $3
) AS p ON true
WHERE c.name = $1 AND c.version = $2
ORDER BY p.position;
