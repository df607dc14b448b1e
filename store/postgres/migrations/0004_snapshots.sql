-- The newest snapshot of a stream; a cache, and may be emptied at any time.

CREATE TABLE snapshots (
  stream_id bigint PRIMARY KEY,
  version integer NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT now(),
  content bytea NOT NULL
);

-- Not compressed: a recovery waits for it.
ALTER TABLE snapshots ALTER COLUMN content SET STORAGE EXTERNAL;
