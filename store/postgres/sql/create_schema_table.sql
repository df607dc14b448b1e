-- The migrations that have been applied.
CREATE TABLE IF NOT EXISTS cafes_schema (
  number integer PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
