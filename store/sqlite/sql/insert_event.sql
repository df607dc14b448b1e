-- ?1 position INTEGER, ?2 stream_id INTEGER, ?3 version INTEGER,
-- ?4 type_id INTEGER, ?5 recorded_at INTEGER (microseconds),
-- ?6 command_id, ?7 correlation_id, ?8 causation_id BLOB or NULL,
-- ?9 data TEXT, ?10 metadata TEXT or NULL
INSERT INTO events (
  position, stream_id, version, type_id, recorded_at,
  command_id, correlation_id, causation_id, data, metadata
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
