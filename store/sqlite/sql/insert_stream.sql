-- ?1 stream_id INTEGER, ?2 category TEXT, ?3 key TEXT
INSERT INTO streams (stream_id, category, key) VALUES (?1, ?2, ?3);
