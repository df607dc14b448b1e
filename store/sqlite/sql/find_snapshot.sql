-- ?1 stream_id INTEGER, ?2 fingerprint TEXT
-- The content of a foreign snapshot stays where it is.
SELECT
  fingerprint = ?2, version, CASE WHEN fingerprint = ?2 THEN content END
FROM snapshots
WHERE stream_id = ?1;
