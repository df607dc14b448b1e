-- A document and the checkpoint of one moment; null when there is none.
-- :table stands for the view's table.
-- $1 text: name
-- $2 integer: version
-- $3 text: key
SELECT c.position, d.data
FROM checkpoints AS c
LEFT JOIN :table AS d ON d.key = $3
WHERE c.name = $1 AND c.version = $2;
