-- How many documents meet conditions on an indexed field, up to a number.
-- :table stands for the view's table, :value for what is indexed, :range for
-- the conditions, with binds from $2 on.
-- $1 bigint: that number
SELECT count(*)
FROM (SELECT FROM :table WHERE :range ORDER BY :value LIMIT $1) AS found;
