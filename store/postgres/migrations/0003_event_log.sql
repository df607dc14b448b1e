-- The log as people read it.

CREATE VIEW event_log AS
SELECT
  e.log_id AS log,
  e.position,
  s.category || '-' || s.key AS stream,
  e.version,
  t.name AS type,
  t.schema_version,
  e.recorded_at,
  e.command_id,
  e.correlation_id,
  e.causation_id,
  e.data,
  e.metadata
FROM events AS e
JOIN streams AS s USING (stream_id)
JOIN event_types AS t USING (type_id);
