-- ?1 name TEXT, ?2 schema_version INTEGER, ?3 shape TEXT
INSERT INTO event_types (name, schema_version, shape) VALUES (?1, ?2, ?3)
RETURNING type_id;
