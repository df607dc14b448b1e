-- Positions have no gaps, so a range of them is a limit.
-- $1 smallint: log_id
-- $2 bigint: after this position
-- $3 bigint: up to this position
SELECT position, stream_id, version, type_id, recorded_at,
  command_id, correlation_id, causation_id, data, metadata
FROM events
WHERE log_id = $1 AND position > $2 AND position <= $3
ORDER BY position;
