-- Where a command's events stand; no row when there are none.
-- $1 bigint: stream_id
-- $2 uuid: command_id
SELECT stream_id, min(version), max(version), min(position), max(position),
  min(recorded_at)
FROM events
WHERE stream_id = $1 AND command_id = $2
GROUP BY stream_id;
