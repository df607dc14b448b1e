-- ?1 name TEXT, ?2 version INTEGER, ?3 position INTEGER, ?4 key TEXT,
-- ?5 is_stream INTEGER, ?6 reason TEXT, ?7 message TEXT, ?8 attempts INTEGER,
-- ?9 parked_at INTEGER (microseconds)
INSERT INTO parked (name, version, position, key, is_stream, reason, message,
  attempts, parked_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (name, version, position) DO UPDATE SET
  key = excluded.key,
  is_stream = excluded.is_stream,
  reason = excluded.reason,
  message = excluded.message,
  attempts = excluded.attempts,
  parked_at = excluded.parked_at,
  wish = NULL;
