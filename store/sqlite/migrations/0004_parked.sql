-- Events that a view has set aside, and what is asked of its worker: a wish
-- for a parked event, or to stand still while `paused` says why.
-- parked_at is in microseconds since 1970.

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
  wish TEXT,
  PRIMARY KEY (name, version, position)
) STRICT, WITHOUT ROWID;

-- The worker looks for wishes between any two pages, nearly always in vain.
CREATE INDEX parked_wished ON parked (name, version, position)
WHERE wish IS NOT NULL;

CREATE INDEX parked_key ON parked (name, version, key);

ALTER TABLE checkpoints ADD COLUMN paused TEXT;
