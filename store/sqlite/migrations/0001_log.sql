-- The log. A SQLite store keeps one, number 0: several logs are for several
-- nodes, and a file has one writer.

PRAGMA application_id = 0x63616665; -- "cafe"

CREATE TABLE migrations (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE logs (
  log_id INTEGER PRIMARY KEY CHECK (log_id = 0),
  epoch INTEGER NOT NULL,
  owner TEXT NOT NULL
) STRICT;

INSERT INTO logs (log_id, epoch, owner) VALUES (0, 0, '');

CREATE TABLE streams (
  stream_id INTEGER PRIMARY KEY,
  category TEXT NOT NULL,
  key TEXT NOT NULL,
  UNIQUE (category, key)
) STRICT;

CREATE TABLE event_types (
  type_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  shape TEXT NOT NULL,
  UNIQUE (name, schema_version)
) STRICT;

-- The position is the row's own number, so that an append goes to the right
-- edge of the table: a key of (log_id, position) cost 5 to 25 % of the rate.
-- recorded_at is in microseconds since 1970, ids are their 16 bytes or NULL.
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream_id INTEGER NOT NULL REFERENCES streams,
  version INTEGER NOT NULL,
  type_id INTEGER NOT NULL REFERENCES event_types,
  recorded_at INTEGER NOT NULL,
  command_id BLOB,
  correlation_id BLOB,
  causation_id BLOB,
  data TEXT NOT NULL,
  metadata TEXT,
  UNIQUE (stream_id, version)
) STRICT;

CREATE TRIGGER events_are_never_updated BEFORE UPDATE ON events BEGIN
  SELECT RAISE(ABORT, 'events are never updated');
END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events BEGIN
  SELECT RAISE(ABORT, 'events are never deleted');
END;

-- For people and ad-hoc SQL.
CREATE VIEW event_log AS
SELECT
  0 AS log,
  e.position,
  s.category || '-' || s.key AS stream,
  e.version,
  t.name AS type,
  t.schema_version,
  strftime('%Y-%m-%dT%H:%M:%S', e.recorded_at / 1000000, 'unixepoch')
    || printf('.%06dZ', e.recorded_at % 1000000) AS recorded_at,
  CASE WHEN e.command_id IS NOT NULL THEN
    lower(substr(hex(e.command_id), 1, 8) || '-'
      || substr(hex(e.command_id), 9, 4) || '-'
      || substr(hex(e.command_id), 13, 4) || '-'
      || substr(hex(e.command_id), 17, 4) || '-'
      || substr(hex(e.command_id), 21))
  END AS command_id,
  CASE WHEN e.correlation_id IS NOT NULL THEN
    lower(substr(hex(e.correlation_id), 1, 8) || '-'
      || substr(hex(e.correlation_id), 9, 4) || '-'
      || substr(hex(e.correlation_id), 13, 4) || '-'
      || substr(hex(e.correlation_id), 17, 4) || '-'
      || substr(hex(e.correlation_id), 21))
  END AS correlation_id,
  CASE WHEN e.causation_id IS NOT NULL THEN
    lower(substr(hex(e.causation_id), 1, 8) || '-'
      || substr(hex(e.causation_id), 9, 4) || '-'
      || substr(hex(e.causation_id), 13, 4) || '-'
      || substr(hex(e.causation_id), 17, 4) || '-'
      || substr(hex(e.causation_id), 21))
  END AS causation_id,
  e.data,
  e.metadata
FROM events AS e
CROSS JOIN streams AS s ON s.stream_id = e.stream_id
CROSS JOIN event_types AS t ON t.type_id = e.type_id;
