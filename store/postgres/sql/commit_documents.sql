-- Moves the checkpoint if it is where the writer left it, and only then writes
-- the documents: one statement, hence one transaction. Gives how many
-- checkpoints moved.
-- :table and :payload stand for the build's table and the store's payload type.
-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 bigint: from position
-- $4 bigint: to position
-- $5 text[]: key
-- $6 :payload[]: data
WITH moved AS (
  UPDATE checkpoints
  SET position = $4, updated_at = now()
  WHERE name = $1 AND version = $2 AND position = $3
  RETURNING position
), written AS (
  INSERT INTO :table (key, data)
  SELECT given.key, given.data
  FROM moved, unnest($5::text[], CAST($6 AS :payload[])) AS given (key, data)
  ON CONFLICT (key) DO UPDATE SET data = excluded.data
)
SELECT count(*) FROM moved;
