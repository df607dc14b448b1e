-- ?1 name TEXT, ?2 version INTEGER, ?3 from INTEGER, ?4 to INTEGER
UPDATE checkpoints SET position = ?4
WHERE name = ?1 AND version = ?2 AND position = ?3;
