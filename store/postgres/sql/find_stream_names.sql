-- $1 bigint[]: stream_id
SELECT stream_id, category, key
FROM streams
WHERE stream_id = ANY($1::bigint[]);
