-- $1 text: name of the build's rows
-- $2 integer: version
SELECT position, shape
FROM checkpoints
WHERE name = $1 AND version = $2;
