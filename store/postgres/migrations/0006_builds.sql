-- Which builds of a view there are. A build above 1 has rows of its own in
-- checkpoints and parked, by the name `name$build`, and its documents in a
-- table view_<name>_<version>$<build>.

CREATE TABLE views (
  name text COLLATE "C",
  version integer,
  live integer NOT NULL DEFAULT 1,
  last integer NOT NULL DEFAULT 1,
  target integer,
  previous integer,
  is_building boolean NOT NULL DEFAULT false,
  goes_back boolean NOT NULL DEFAULT false,
  stopped text NOT NULL DEFAULT '',
  live_row text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
    CASE live WHEN 1 THEN name ELSE name || '$' || live::text END) STORED,
  PRIMARY KEY (name, version)
);

INSERT INTO views (name, version)
SELECT name, version FROM checkpoints;
