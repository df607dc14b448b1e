-- Where a command's events stand; no row when there are none.
-- $1 smallint: log_id
-- $2 text: category
-- $3 text: key
-- $4 uuid: command_id
SELECT e.stream_id, min(e.version), max(e.version), min(e.position),
  max(e.position), min(e.recorded_at)
FROM streams AS s
JOIN events AS e USING (stream_id)
WHERE s.log_id = $1 AND s.category = $2 AND s.key = $3 AND e.command_id = $4
GROUP BY e.stream_id;
