-- ?1 name TEXT, ?2 schema_version INTEGER
SELECT type_id, shape FROM event_types WHERE name = ?1 AND schema_version = ?2;
