-- :events stands for as many rows as there are events, with their binds, each
--   (log_id, position, stream_id, version, type_id, recorded_at,
--    command_id, correlation_id, causation_id, data, metadata)
INSERT INTO events (log_id, position, stream_id, version, type_id, recorded_at,
  command_id, correlation_id, causation_id, data, metadata)
VALUES :events;
