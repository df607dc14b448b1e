-- {view}, ?1 key TEXT, ?2 data TEXT
INSERT INTO {view} (key, data) VALUES (?1, ?2)
ON CONFLICT (key) DO UPDATE SET data = excluded.data;
