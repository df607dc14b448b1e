-- :table stands for the build's table.
-- $1 text[]: key
SELECT key, data FROM :table WHERE key = ANY($1::text[]);
