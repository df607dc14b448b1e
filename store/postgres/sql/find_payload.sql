-- jsonb or json, as chosen when the store was created.
SELECT atttypid::regtype
FROM pg_attribute
WHERE attrelid = 'events'::regclass AND attname = 'data';
