-- As total_by_key.sql, along an index.
-- :value stands for what is indexed, :range for the conditions on it.
SELECT c.position, c.shape = $3, d.documents, d.total
FROM checkpoints AS c
CROSS JOIN LATERAL (
  SELECT count(*) AS documents, :sum AS total
  FROM (
    SELECT key, data FROM :table WHERE :range ORDER BY :value OFFSET 0
  ) AS found
  WHERE key >= $4 AND key < $5 AND :where
) AS d
WHERE c.name = $1 AND c.version = $2 AND :live;
