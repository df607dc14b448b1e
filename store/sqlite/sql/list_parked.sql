-- ?1 name TEXT, ?2 version INTEGER, ?3 after INTEGER, ?4 limit INTEGER
SELECT position, key, is_stream, reason, message, attempts, parked_at, wish
FROM parked
WHERE name = ?1 AND version = ?2 AND position > ?3
ORDER BY position
LIMIT ?4;
