-- What is ahead of its stream is left out; what is older than a snapshot of
-- the same fingerprint, too.
-- $1 bigint[]: stream_id, each once
-- $2 bigint[]: version
-- $3 text[]: fingerprint
-- $4 bytea[]: content
INSERT INTO snapshots AS stored (stream_id, version, fingerprint, content)
SELECT e.stream_id, e.version, given.fingerprint, given.content
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[])
  AS given (stream_id, version, fingerprint, content)
JOIN events AS e
  ON e.stream_id = given.stream_id AND e.version = given.version
ORDER BY e.stream_id
ON CONFLICT (stream_id) DO UPDATE SET
  version = excluded.version,
  fingerprint = excluded.fingerprint,
  taken_at = excluded.taken_at,
  content = excluded.content
WHERE stored.fingerprint <> excluded.fingerprint
  OR stored.version <= excluded.version;
