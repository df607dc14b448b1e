-- All: a program has few event types.
SELECT type_id, name, schema_version, shape
FROM event_types
ORDER BY type_id;
