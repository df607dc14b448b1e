-- The log: who owns it, its streams, its event types, its events.
-- :payload is jsonb or json, chosen when the store is created.

CREATE TABLE logs (
  log_id smallint PRIMARY KEY,
  epoch bigint NOT NULL,
  owner text NOT NULL,
  taken_at timestamptz
);

INSERT INTO logs (log_id, epoch, owner) VALUES (0, 0, '');

-- Numbers are given by the owner of the log. Byte order ("C") makes equality
-- and indexes independent of the collations that the system has installed.
CREATE TABLE streams (
  stream_id bigint,
  log_id smallint NOT NULL,
  category text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  CONSTRAINT streams_pkey PRIMARY KEY (stream_id),
  CONSTRAINT streams_name UNIQUE (log_id, category, key)
);

-- `shape` is the readable fingerprint that guards against a changed event
-- under an old version.
CREATE TABLE event_types (
  type_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  schema_version integer NOT NULL,
  shape text NOT NULL,
  UNIQUE (name, schema_version)
);

-- Without foreign keys: only the owner of the log writes here, and a check of
-- each row would cost more than the row.
CREATE TABLE events (
  log_id smallint NOT NULL,
  position bigint NOT NULL,
  stream_id bigint NOT NULL,
  version integer NOT NULL,
  type_id integer NOT NULL,
  recorded_at timestamptz NOT NULL,
  command_id uuid,
  correlation_id uuid,
  causation_id uuid,
  data :payload NOT NULL,
  metadata :payload,
  CONSTRAINT events_pkey PRIMARY KEY (log_id, position),
  CONSTRAINT events_version UNIQUE (stream_id, version)
);

CREATE FUNCTION refuse_event_change() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'events are never changed: % refused', TG_OP
    USING HINT = 'Record what is true now as a new event.';
END
$body$;

CREATE TRIGGER refuse_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change();
