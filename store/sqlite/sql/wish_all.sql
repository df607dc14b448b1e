-- ?1 name TEXT, ?2 version INTEGER, ?3 wish TEXT, or NULL to take it back
UPDATE parked SET wish = ?3 WHERE name = ?1 AND version = ?2;
