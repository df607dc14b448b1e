-- ?1 name TEXT, ?2 version INTEGER
DELETE FROM parked WHERE name = ?1 AND version = ?2;
