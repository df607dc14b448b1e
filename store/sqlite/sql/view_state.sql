-- ?1 name TEXT, ?2 version INTEGER
SELECT
  position,
  paused IS NOT NULL,
  paused,
  (SELECT count(*) FROM parked WHERE name = ?1 AND version = ?2)
FROM checkpoints
WHERE name = ?1 AND version = ?2;
