-- ?1 stream_id INTEGER, ?2 version INTEGER, ?3 fingerprint TEXT,
-- ?4 taken_at INTEGER (microseconds), ?5 content BLOB
-- What is ahead of its stream is left out; what is older than a snapshot of
-- the same fingerprint, too.
INSERT INTO snapshots AS stored
  (stream_id, version, fingerprint, taken_at, content)
SELECT stream_id, version, ?3, ?4, ?5
FROM events
WHERE stream_id = ?1 AND version = ?2
ON CONFLICT (stream_id) DO UPDATE SET
  version = excluded.version,
  fingerprint = excluded.fingerprint,
  taken_at = excluded.taken_at,
  content = excluded.content
WHERE stored.fingerprint <> excluded.fingerprint
  OR stored.version <= excluded.version;
