-- {view}, ?1 key TEXT
SELECT data FROM {view} WHERE key = ?1;
