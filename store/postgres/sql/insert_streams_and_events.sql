-- One statement, so one round trip and one transaction.
-- :streams stands for as many rows as there are new streams, with their binds,
--   each (stream_id, log_id, category, key); :events as in insert_events.sql
WITH new_streams AS (
  INSERT INTO streams (stream_id, log_id, category, key)
  VALUES :streams
)
INSERT INTO events (log_id, position, stream_id, version, type_id, recorded_at,
  command_id, correlation_id, causation_id, data, metadata)
VALUES :events;
