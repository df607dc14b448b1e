-- The key of a log's advisory lock: the table's number keeps stores in other
-- schemas of one database apart.
-- $1 smallint: log_id
SELECT hashtextextended('cafes/log/' || 'logs'::regclass::oid, $1);
