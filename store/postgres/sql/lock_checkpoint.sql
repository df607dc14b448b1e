-- Until the end of the transaction.
-- $1 text: name of the build's rows
-- $2 integer: version
SELECT position, paused
FROM checkpoints
WHERE name = $1 AND version = $2
FOR UPDATE;
