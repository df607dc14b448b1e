-- A document and the checkpoint of one moment; null when there is none.
-- Nothing where the build is not live any more, which :live asks.
-- :table stands for the build's table.
-- $1 text: name of the build's rows
-- $2 integer: version
-- $3 text: key
SELECT c.position, d.data
FROM checkpoints AS c
LEFT JOIN :table AS d ON d.key = $3
WHERE c.name = $1 AND c.version = $2 AND :live;
