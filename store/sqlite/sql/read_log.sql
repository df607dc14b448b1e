-- ?1 position INTEGER, ?2 limit INTEGER
-- CROSS JOIN keeps the order of the tables: the log leads.
SELECT
  e.position, s.category, s.key, e.version, t.name, t.schema_version,
  e.recorded_at, e.command_id, e.correlation_id, e.causation_id,
  e.data, e.metadata
FROM events AS e
CROSS JOIN streams AS s ON s.stream_id = e.stream_id
CROSS JOIN event_types AS t ON t.type_id = e.type_id
WHERE e.position > ?1
ORDER BY e.position
LIMIT ?2;
