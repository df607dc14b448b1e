-- The streams among these names that exist, by place in the arrays from 1.
-- The limit keeps the planner from walking all streams in search of the names.
-- $1 smallint: log_id
-- $2 text[]: category
-- $3 text[]: key
SELECT
  given.place,
  s.stream_id,
  coalesce(
    (SELECT max(e.version) FROM events AS e WHERE e.stream_id = s.stream_id),
    0)
FROM unnest($2::text[], $3::text[])
  WITH ORDINALITY AS given (category, key, place)
CROSS JOIN LATERAL (
  SELECT stream_id FROM streams AS named
  WHERE named.log_id = $1 AND named.category = given.category
    AND named.key = given.key
  LIMIT 1
) AS s;
