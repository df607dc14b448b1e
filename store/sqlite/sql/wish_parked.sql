-- ?1 name TEXT, ?2 version INTEGER, ?3 key TEXT or NULL for all, ?4 wish TEXT
UPDATE parked SET wish = ?4
WHERE name = ?1 AND version = ?2 AND (?3 IS NULL OR key = ?3);
