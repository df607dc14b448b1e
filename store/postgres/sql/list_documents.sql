-- Documents and checkpoint of one moment, since one statement has one
-- snapshot; a row of nulls beside the checkpoint when there is no document, and
-- nothing if the build is not live any more.
-- :table stands for the build's table.
-- $1 text: name
-- $2 integer: version
-- $3 integer: build
-- $4 text: keys above this one
-- $5 bigint: limit
SELECT c.position, d.key, d.data
FROM views AS v
JOIN checkpoints AS c ON c.name = v.live_row AND c.version = v.version
LEFT JOIN LATERAL (
  SELECT key, data FROM :table WHERE key > $4 ORDER BY key LIMIT $5
) AS d ON true
WHERE v.name = $1 AND v.version = $2 AND v.live = $3
ORDER BY d.key;
