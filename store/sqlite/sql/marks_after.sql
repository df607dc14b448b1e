-- ?1 position INTEGER, ?2 limit INTEGER
SELECT position, stream_id, version, command_id, recorded_at
FROM events
WHERE position > ?1
ORDER BY position
LIMIT ?2;
