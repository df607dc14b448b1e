-- Nothing if the build is not live any more; null if there is no such document.
-- :table stands for the build's table.
-- $1 text: name
-- $2 integer: version
-- $3 integer: build
-- $4 text: key
SELECT d.data
FROM views AS v
LEFT JOIN :table AS d ON d.key = $4
WHERE v.name = $1 AND v.version = $2 AND v.live = $3;
