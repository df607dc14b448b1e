-- All of a build, page by page.
-- {view}, ?1 after this key TEXT, ?2 limit INTEGER
SELECT key, data FROM {view} WHERE key > ?1 ORDER BY key LIMIT ?2;
