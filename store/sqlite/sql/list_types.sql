SELECT name, schema_version, shape FROM event_types
ORDER BY name, schema_version;
