-- ?1 name TEXT, ?2 version INTEGER, ?3 position INTEGER
DELETE FROM parked WHERE name = ?1 AND version = ?2 AND position = ?3;
