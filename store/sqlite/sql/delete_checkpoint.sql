-- ?1 name TEXT, ?2 version INTEGER
DELETE FROM checkpoints WHERE name = ?1 AND version = ?2;
