-- :table stands for the view's table.
-- $1 text: key
SELECT data FROM :table WHERE key = $1;
