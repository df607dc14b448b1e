-- $1 text: name
-- $2 integer: version
SELECT c.position
FROM views AS v
JOIN checkpoints AS c ON c.name = v.live_row AND c.version = v.version
WHERE v.name = $1 AND v.version = $2;
