-- ?1 stream_id INTEGER, ?2 command_id BLOB
-- Walks the stream: an index on ids would cost every append.
SELECT
  count(*), min(version), max(version), min(position), max(position),
  min(recorded_at)
FROM events
WHERE stream_id = ?1 AND command_id = ?2;
