-- As sql/commit_documents.sql, and sets events aside, or releases them: all of
-- these must be there. One statement sees one moment, so what it writes to
-- `parked` does not meet what it deletes there: a position is in one array.
-- :table and :payload stand for the view's table and the store's payload type.
-- $1 text: name
-- $2 integer: version
-- $3 bigint: from position
-- $4 bigint: to position
-- $5 text[]: key
-- $6 :payload[]: data
-- $7 bigint[]: released position
-- $8 bigint[]: parked position
-- $9 text[]: key
-- $10 boolean[]: is_stream
-- $11 text[]: reason
-- $12 text[]: message
-- $13 bigint[]: attempts
-- $14 bigint[]: parked_at in microseconds since 1970
-- $15 text[]: wish
WITH moved AS (
  UPDATE checkpoints
  SET position = $4, updated_at = now()
  WHERE name = $1 AND version = $2 AND position = $3
    AND cardinality($7::bigint[]) = (
      SELECT count(*) FROM parked
      WHERE name = $1 AND version = $2 AND position = ANY($7::bigint[])
    )
  RETURNING position
), released AS (
  DELETE FROM parked
  WHERE name = $1 AND version = $2 AND position = ANY($7::bigint[])
    AND EXISTS (SELECT FROM moved)
), kept AS (
  INSERT INTO parked (name, version, position, key, is_stream, reason, message,
    attempts, parked_at, wish)
  SELECT $1, $2, given.position, given.key, given.is_stream, given.reason,
    given.message, given.attempts,
    timestamptz 'epoch' + given.parked_at * interval '1 microsecond',
    given.wish
  FROM moved, unnest($8::bigint[], $9::text[], $10::boolean[], $11::text[],
    $12::text[], $13::bigint[], $14::bigint[], $15::text[])
    AS given (position, key, is_stream, reason, message, attempts, parked_at,
      wish)
  ON CONFLICT (name, version, position) DO UPDATE SET
    key = excluded.key,
    is_stream = excluded.is_stream,
    reason = excluded.reason,
    message = excluded.message,
    attempts = excluded.attempts,
    parked_at = excluded.parked_at,
    wish = excluded.wish
), written AS (
  INSERT INTO :table (key, data)
  SELECT given.key, given.data
  FROM moved, unnest($5::text[], CAST($6 AS :payload[])) AS given (key, data)
  ON CONFLICT (key) DO UPDATE SET data = excluded.data
)
SELECT count(*) FROM moved;
