COPY events (log_id, position, stream_id, version, type_id, recorded_at,
  command_id, correlation_id, causation_id, data, metadata)
FROM STDIN WITH (FORMAT binary);
