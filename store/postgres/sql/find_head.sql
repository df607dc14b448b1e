-- $1 smallint: log_id
SELECT coalesce(max(position), 0) FROM events WHERE log_id = $1;
