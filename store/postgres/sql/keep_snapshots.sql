-- What is ahead of its stream is left out; what is older than a snapshot of
-- the same fingerprint, too. The limit keeps the planner from walking all
-- events in search of the versions.
-- $1 bigint[]: stream_id, each once
-- $2 bigint[]: version
-- $3 text[]: fingerprint
-- $4 bytea[]: content
INSERT INTO snapshots AS stored (stream_id, version, fingerprint, content)
SELECT e.stream_id, e.version, given.fingerprint, given.content
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[])
  AS given (stream_id, version, fingerprint, content)
CROSS JOIN LATERAL (
  SELECT stream_id, version FROM events AS there
  WHERE there.stream_id = given.stream_id AND there.version = given.version
  LIMIT 1
) AS e
ORDER BY e.stream_id
ON CONFLICT (stream_id) DO UPDATE SET
  version = excluded.version,
  fingerprint = excluded.fingerprint,
  taken_at = excluded.taken_at,
  content = excluded.content
WHERE stored.fingerprint <> excluded.fingerprint
  OR stored.version <= excluded.version;
