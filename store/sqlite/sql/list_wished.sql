-- ?1 name TEXT, ?2 version INTEGER, ?3 limit INTEGER
SELECT position, key, is_stream, reason, message, attempts, parked_at, wish
FROM parked INDEXED BY parked_wished
WHERE name = ?1 AND version = ?2 AND wish IS NOT NULL
ORDER BY position
LIMIT ?3;
