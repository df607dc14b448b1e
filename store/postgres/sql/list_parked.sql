-- A row of nulls when nothing is parked, none when there is no such view.
-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 bigint: positions above this one
-- $4 bigint: limit
SELECT p.position, p.key, p.is_stream, p.reason, p.message, p.attempts,
  p.parked_at, p.wish
FROM checkpoints AS c
LEFT JOIN LATERAL (
  SELECT *
  FROM parked
  WHERE name = $1 AND version = $2 AND position > $3
  ORDER BY name, version, position
  LIMIT $4
) AS p ON true
WHERE c.name = $1 AND c.version = $2
ORDER BY p.position;
