-- Documents and checkpoint of one moment, since one statement has one
-- snapshot; a row of nulls beside the checkpoint when there is no document.
-- :table stands for the view's table.
-- $1 text: name
-- $2 integer: version
-- $3 text: keys above this one
-- $4 bigint: limit
SELECT c.position, d.key, d.data
FROM checkpoints AS c
LEFT JOIN LATERAL (
  SELECT key, data FROM :table WHERE key > $3 ORDER BY key LIMIT $4
) AS d ON true
WHERE c.name = $1 AND c.version = $2
ORDER BY d.key;
