-- Raises the epoch; gives it with the owner before.
-- $1 smallint: log_id
-- $2 text: owner
WITH before AS (
  SELECT owner FROM logs WHERE log_id = $1 FOR UPDATE
)
UPDATE logs
SET epoch = logs.epoch + 1, owner = $2, taken_at = now()
FROM before
WHERE log_id = $1
RETURNING logs.epoch, before.owner;
