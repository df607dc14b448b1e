-- How far each version of each projection is. Its documents stand in a table
-- of their own, view_<name>_<version>.

CREATE TABLE checkpoints (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  shape TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
