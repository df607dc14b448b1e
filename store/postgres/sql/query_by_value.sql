-- As query_by_key.sql, for a condition on an indexed field to be equal: only
-- the documents of that value are walked. As a range of rows it can be found
-- along no other index.
-- :value stands for what is indexed, :wanted for the value as a bind.
SELECT c.position, c.shape = $3, d.key, d.data, d.is_last
FROM checkpoints AS c
LEFT JOIN LATERAL (
  SELECT key, CASE WHEN fits THEN data END AS data, place = $7 AS is_last
  FROM (
    SELECT value, key, data, place, COALESCE(:where, false) AS fits
    FROM (
      SELECT :value AS value, key, data,
        row_number() OVER (ORDER BY :value :order, key :order) AS place
      FROM :table
      WHERE (:value, key) >= (:wanted, $4) AND (:value, key) < (:wanted, $5)
      ORDER BY :value :order, key :order
      LIMIT $7
    ) AS walked
  ) AS judged
  WHERE fits OR place = $7
  ORDER BY value :order, key :order
  LIMIT $6
) AS d ON true
WHERE c.name = $1 AND c.version = $2 AND :live
ORDER BY d.key :order;
