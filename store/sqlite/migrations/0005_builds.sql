-- Which builds of a view there are. A build above 1 has rows of its own in
-- checkpoints and parked, by the name `name$build`, and its documents in a
-- table view_<name>_<version>$<build>.

CREATE TABLE views (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  live INTEGER NOT NULL DEFAULT 1,
  last INTEGER NOT NULL DEFAULT 1,
  target INTEGER,
  previous INTEGER,
  is_building INTEGER NOT NULL DEFAULT 0,
  goes_back INTEGER NOT NULL DEFAULT 0,
  stopped TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

INSERT INTO views (name, version)
SELECT name, version FROM checkpoints;
