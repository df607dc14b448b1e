-- For a session that keeps nothing but a cache. What it commits stands in the
-- write-ahead log behind the events that it was made of, and is durable with
-- the next commit that is. A server that crashes forgets the last of it, and
-- ends the session: whoever goes on looks first at what is stored.
SELECT set_config('synchronous_commit', 'off', false);
