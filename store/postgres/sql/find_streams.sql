-- The streams among these names that exist, by place in the arrays from 1.
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
JOIN streams AS s
  ON s.log_id = $1 AND s.category = given.category AND s.key = given.key;
