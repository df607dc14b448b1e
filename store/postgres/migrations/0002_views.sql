-- Which views there are and how far each is. The documents of a view stand in
-- a table of their own, view_<name>_<version>, made when it is first claimed.

CREATE TABLE checkpoints (
  name text COLLATE "C",
  version integer,
  log_id smallint NOT NULL,
  position bigint NOT NULL,
  shape text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, version)
);
