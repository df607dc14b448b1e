-- Snapshots and events of several streams, by place in the arrays from 1. A
-- stream that exists gives a row in any case, with nulls where nothing is. The
-- content comes with the first row only. In no order: what a walk along the
-- index gives is in order already, and a sort would copy it. The limit stands
-- within, as only then is the version a part of that walk; and a limit keeps
-- the planner from walking all streams in search of the names, as it would
-- while it believes that there are few.
-- $1 smallint: log_id
-- $2 text[]: category
-- $3 text[]: key
-- $4 text[]: fingerprint of the wanted snapshot, or empty
-- $5 bigint: at most so many events of each
SELECT
  given.place, s.stream_id, k.version, k.fingerprint = given.fingerprint,
  CASE
    WHEN k.fingerprint = given.fingerprint
      AND (e.version IS NULL OR e.version = k.version + 1)
    THEN k.content
  END,
  e.position, s.stream_id, e.version, e.type_id, e.recorded_at,
  e.command_id, e.correlation_id, e.causation_id, e.data, e.metadata
FROM unnest($2::text[], $3::text[], $4::text[])
  WITH ORDINALITY AS given (category, key, fingerprint, place)
CROSS JOIN LATERAL (
  SELECT stream_id FROM streams AS named
  WHERE named.log_id = $1 AND named.category = given.category
    AND named.key = given.key
  LIMIT 1
) AS s
LEFT JOIN snapshots AS k
  ON k.stream_id = s.stream_id AND given.fingerprint <> ''
LEFT JOIN LATERAL (
  SELECT * FROM events AS after_snapshot
  WHERE after_snapshot.stream_id = s.stream_id
    AND after_snapshot.version > CASE
      WHEN k.fingerprint = given.fingerprint THEN k.version ELSE 0
    END
  ORDER BY after_snapshot.version
  LIMIT $5
) AS e ON true;
