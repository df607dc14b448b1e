-- Events that a projection has set aside, what people wish for them, and why a
-- view stands still.

ALTER TABLE checkpoints ADD COLUMN paused text;

CREATE TABLE parked (
  name text COLLATE "C",
  version integer,
  position bigint,
  key text COLLATE "C" NOT NULL,
  is_stream boolean NOT NULL,
  reason text COLLATE "C" NOT NULL,
  message text NOT NULL,
  attempts bigint NOT NULL,
  parked_at timestamptz NOT NULL,
  wish text COLLATE "C" NOT NULL,
  PRIMARY KEY (name, version, position)
);

CREATE INDEX parked_wished ON parked (name, version, position)
WHERE wish <> 'none';
