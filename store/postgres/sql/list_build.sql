-- All of a build, page by page.
-- :table stands for the build's table.
-- $1 text: keys above this one
-- $2 bigint: limit
SELECT key, data FROM :table WHERE key > $1 ORDER BY key LIMIT $2;
