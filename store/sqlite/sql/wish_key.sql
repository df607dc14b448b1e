-- ?1 name TEXT, ?2 version INTEGER, ?3 wish TEXT, or NULL to take it back,
-- ?4 key TEXT
UPDATE parked SET wish = ?3 WHERE name = ?1 AND version = ?2 AND key = ?4;
