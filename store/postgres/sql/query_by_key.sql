-- Documents and checkpoint of one moment, since one statement has one
-- snapshot; a row of nulls beside the checkpoint when there is no document.
-- The documents are walked in order of key. The last one that is looked
-- through comes without data if it is not asked for: it says where to go on.
-- Nothing where the build is not live any more, which :live asks.
-- :table stands for the build's table, :where for the conditions, with binds
-- from $8 on, :order for ASC or DESC.
-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 text: shape
-- $4 text: lowest key
-- $5 text: key above all
-- $6 bigint: documents, one more than the page has
-- $7 bigint: documents looked through
SELECT c.position, c.shape = $3, d.key, d.data, d.is_last
FROM checkpoints AS c
LEFT JOIN LATERAL (
  SELECT key, CASE WHEN fits THEN data END AS data, place = $7 AS is_last
  FROM (
    SELECT key, data, place, COALESCE(:where, false) AS fits
    FROM (
      SELECT key, data, row_number() OVER (ORDER BY key :order) AS place
      FROM :table
      WHERE key >= $4 AND key < $5
      ORDER BY key :order
      LIMIT $7
    ) AS walked
  ) AS judged
  WHERE fits OR place = $7
  ORDER BY key :order
  LIMIT $6
) AS d ON true
WHERE c.name = $1 AND c.version = $2 AND :live
ORDER BY d.key :order;
