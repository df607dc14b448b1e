-- As query_by_key.sql, for conditions on an indexed field that few documents
-- meet: all of them are found along the index and sorted by key.
-- :value stands for what is indexed, :range for the conditions on it; their
-- binds begin with $7.
SELECT c.position, c.shape = $3, d.key, d.data, false
FROM checkpoints AS c
LEFT JOIN LATERAL (
  SELECT key, data
  FROM (
    SELECT key, data FROM :table WHERE :range ORDER BY :value OFFSET 0
  ) AS found
  WHERE key >= $4 AND key < $5 AND :where
  ORDER BY key :order
  LIMIT $6
) AS d ON true
WHERE c.name = $1 AND c.version = $2 AND :live
ORDER BY d.key :order;
