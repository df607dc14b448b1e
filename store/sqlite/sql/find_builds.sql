-- ?1 name TEXT, ?2 version INTEGER
SELECT live, last, target, previous, is_building, goes_back, stopped
FROM views
WHERE name = ?1 AND version = ?2;
