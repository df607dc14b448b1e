-- The key of the lock under which the schema changes; null when search_path
-- names no schema that exists.
SELECT hashtextextended(
  'cafes/migrate/' || (SELECT oid FROM pg_namespace
                       WHERE nspname = current_schema()), 0);
