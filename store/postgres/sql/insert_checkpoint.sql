-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 smallint: log_id
-- $4 text: shape
INSERT INTO checkpoints (name, version, log_id, position, shape)
VALUES ($1, $2, $3, 0, $4);
