-- Events that a projection has set aside, what people wish for them, and why a
-- view stands still. parked_at is in microseconds since 1970.

ALTER TABLE checkpoints ADD COLUMN paused TEXT;

CREATE TABLE parked (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  is_stream INTEGER NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  parked_at INTEGER NOT NULL,
  wish TEXT NOT NULL,
  PRIMARY KEY (name, version, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX parked_wished ON parked (name, version, position)
WHERE wish <> 'none';
