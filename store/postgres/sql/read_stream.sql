-- Versions have no gaps, so a range of them is a limit. A stream that exists
-- gives a row in any case, with nulls when nothing is in the range.
-- $1 smallint: log_id
-- $2 text: category
-- $3 text: key
-- $4 bigint: from this version
-- $5 bigint: below this version
SELECT e.position, s.stream_id, e.version, e.type_id, e.recorded_at,
  e.command_id, e.correlation_id, e.causation_id, e.data, e.metadata
FROM streams AS s
LEFT JOIN events AS e
  ON e.stream_id = s.stream_id AND e.version >= $4 AND e.version < $5
WHERE s.log_id = $1 AND s.category = $2 AND s.key = $3
ORDER BY e.version;
