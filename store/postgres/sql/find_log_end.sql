-- $1 smallint: log_id
SELECT
  coalesce((SELECT max(position) FROM events WHERE log_id = $1), 0),
  coalesce((SELECT max(stream_id) FROM streams), 0);
