-- {view}, ?1 lowest key TEXT, ?2 key above all TEXT
SELECT key, data FROM {view} WHERE key >= ?1 AND key < ?2 ORDER BY key;
