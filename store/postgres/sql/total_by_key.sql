-- A count and a sum beside the checkpoint and whether the shape is this one.
-- Nothing where the build is not live any more, which :live asks.
-- :table stands for the build's table, :sum for the sum, :where for the
-- conditions, with binds from $6 on.
-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 text: shape
-- $4 text: lowest key
-- $5 text: key above all
SELECT c.position, c.shape = $3, d.documents, d.total
FROM checkpoints AS c
CROSS JOIN LATERAL (
  SELECT count(*) AS documents, :sum AS total
  FROM :table
  WHERE key >= $4 AND key < $5 AND :where
) AS d
WHERE c.name = $1 AND c.version = $2 AND :live;
