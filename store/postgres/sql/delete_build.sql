-- $1 text: name of the build's rows
-- $2 integer: version
WITH gone AS (
  DELETE FROM parked WHERE name = $1 AND version = $2
)
DELETE FROM checkpoints WHERE name = $1 AND version = $2;
