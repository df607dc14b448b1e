-- $1 text: name
-- $2 integer: version
SELECT position, paused,
  (SELECT count(*) FROM parked WHERE name = $1 AND version = $2)
FROM checkpoints
WHERE name = $1 AND version = $2;
