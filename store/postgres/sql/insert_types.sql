-- $1 text[]: name
-- $2 integer[]: schema_version
-- $3 text[]: shape
INSERT INTO event_types (name, schema_version, shape)
SELECT name, schema_version, shape
FROM unnest($1::text[], $2::integer[], $3::text[])
  WITH ORDINALITY AS given (name, schema_version, shape, place)
ORDER BY place
ON CONFLICT (name, schema_version) DO NOTHING;
