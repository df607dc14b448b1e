-- :table stands for the table of a build.
DROP TABLE IF EXISTS :table;
