-- ?1 category TEXT, ?2 key TEXT
SELECT
  s.stream_id,
  coalesce(
    (SELECT max(version) FROM events AS e WHERE e.stream_id = s.stream_id), 0)
FROM streams AS s
WHERE s.category = ?1 AND s.key = ?2;
