-- Events that a view has set aside, and what is asked of its worker: a wish
-- for a parked event, or to stand still while `paused` says why.

CREATE TABLE parked (
  name text COLLATE "C",
  version integer,
  position bigint,
  key text COLLATE "C" NOT NULL,
  is_stream boolean NOT NULL,
  reason text NOT NULL,
  message text NOT NULL,
  attempts bigint NOT NULL,
  parked_at timestamptz NOT NULL,
  wish text,
  PRIMARY KEY (name, version, position)
);

-- The worker looks for wishes between any two pages, nearly always in vain.
CREATE INDEX parked_wished ON parked (name, version, position)
WHERE wish IS NOT NULL;

-- The key first: then no other statement takes this index for its walk.
CREATE INDEX parked_key ON parked (key, name, version);

ALTER TABLE checkpoints ADD COLUMN paused text;
