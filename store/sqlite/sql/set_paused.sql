-- ?1 name TEXT, ?2 version INTEGER, ?3 why TEXT, or NULL to go on
UPDATE checkpoints SET paused = ?3 WHERE name = ?1 AND version = ?2;
