-- ?1 name TEXT, ?2 version INTEGER
SELECT position, shape, paused
FROM checkpoints
WHERE name = ?1 AND version = ?2;
