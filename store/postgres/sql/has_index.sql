-- $1 text: table, quoted
-- $2 text: index
SELECT EXISTS (
  SELECT
  FROM pg_index AS i
  JOIN pg_class AS c ON c.oid = i.indexrelid
  WHERE i.indrelid = to_regclass($1) AND c.relname = $2);
