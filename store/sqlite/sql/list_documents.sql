-- {view}, ?1 key TEXT, ?2 limit INTEGER
SELECT key, data FROM {view} WHERE key > ?1 ORDER BY key LIMIT ?2;
