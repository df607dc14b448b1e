-- The last position and the highest stream number.
SELECT
  coalesce((SELECT max(position) FROM events), 0),
  coalesce((SELECT max(stream_id) FROM streams), 0);
