-- {view} is the table of a build of a projection's version.
DROP TABLE IF EXISTS {view};
