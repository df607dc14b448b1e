-- $1 smallint: log_id
SELECT
  (SELECT count(*) FROM streams WHERE log_id = $1),
  coalesce((SELECT max(position) FROM events WHERE log_id = $1), 0),
  epoch,
  owner
FROM logs
WHERE log_id = $1;
