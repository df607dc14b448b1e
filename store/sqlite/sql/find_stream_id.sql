-- ?1 category TEXT, ?2 key TEXT
SELECT stream_id FROM streams WHERE category = ?1 AND key = ?2;
