-- {view} is the table of a build of a projection's version.
CREATE TABLE {view} (
  key TEXT COLLATE BINARY NOT NULL PRIMARY KEY,
  data TEXT NOT NULL
) STRICT, WITHOUT ROWID;
