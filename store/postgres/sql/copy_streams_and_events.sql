-- Two statements in one message are one transaction. Each has a body of its
-- own, with header and trailer.
COPY streams (stream_id, log_id, category, key)
FROM STDIN WITH (FORMAT binary);
COPY events (log_id, position, stream_id, version, type_id, recorded_at,
  command_id, correlation_id, causation_id, data, metadata)
FROM STDIN WITH (FORMAT binary);
