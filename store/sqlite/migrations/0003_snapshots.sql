-- The newest snapshot of a stream; a cache, and may be emptied at any time.
-- taken_at is in microseconds since 1970.

CREATE TABLE snapshots (
  stream_id INTEGER PRIMARY KEY REFERENCES streams,
  version INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;
