-- ?1 name TEXT, ?2 version INTEGER
SELECT count(*) FROM parked WHERE name = ?1 AND version = ?2;
