-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 text: why, or null to go on
UPDATE checkpoints SET paused = $3 WHERE name = $1 AND version = $2;
