-- As commit_documents.sql, with events to be set aside and events that are
-- parked no more: all of it, or nothing if the checkpoint is elsewhere or one
-- of the released is not there. Gives how many checkpoints moved.
-- The checkpoint is locked first, as by wish_all.sql and wish_key.sql, so that
-- nobody waits for the other in a circle.
-- :table and :payload stand for the build's table and the store's payload type.
-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 bigint: from position
-- $4 bigint: to position
-- $5 text[]: key
-- $6 :payload[]: data
-- $7 bigint[]: position of the released, each once and none of the parked
-- $8 bigint[]: position of the parked, each once
-- $9 text[]: its key
-- $10 boolean[]: whether that is a stream
-- $11 text[]: reason
-- $12 text[]: message
-- $13 bigint[]: attempts
-- $14 timestamptz[]: when it was parked
WITH here AS MATERIALIZED (
  SELECT name, version
  FROM checkpoints
  WHERE name = $1 AND version = $2 AND position = $3
  FOR UPDATE
), there AS MATERIALIZED (
  SELECT p.position
  FROM here
  JOIN parked AS p
    ON p.name = here.name AND p.version = here.version
    AND p.position = ANY($7::bigint[])
  FOR UPDATE OF p
), moved AS (
  UPDATE checkpoints
  SET position = $4, updated_at = now()
  FROM here
  WHERE checkpoints.name = here.name AND checkpoints.version = here.version
    AND (SELECT count(*) FROM there) = cardinality($7::bigint[])
  RETURNING checkpoints.name, checkpoints.version
), written AS (
  INSERT INTO :table (key, data)
  SELECT given.key, given.data
  FROM moved, unnest($5::text[], CAST($6 AS :payload[])) AS given (key, data)
  ON CONFLICT (key) DO UPDATE SET data = excluded.data
), released AS (
  DELETE FROM parked AS p
  USING moved
  WHERE p.name = moved.name AND p.version = moved.version
    AND p.position = ANY($7::bigint[])
), set_aside AS (
  INSERT INTO parked (name, version, position, key, is_stream, reason, message,
    attempts, parked_at)
  SELECT moved.name, moved.version, given.position, given.key, given.is_stream,
    given.reason, given.message, given.attempts, given.parked_at
  FROM moved, unnest($8::bigint[], $9::text[], $10::boolean[], $11::text[],
    $12::text[], $13::bigint[], $14::timestamptz[])
    AS given (position, key, is_stream, reason, message, attempts, parked_at)
  ON CONFLICT (name, version, position) DO UPDATE SET
    key = excluded.key,
    is_stream = excluded.is_stream,
    reason = excluded.reason,
    message = excluded.message,
    attempts = excluded.attempts,
    parked_at = excluded.parked_at,
    wish = NULL
)
SELECT count(*) FROM moved;
