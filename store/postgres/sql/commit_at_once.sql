-- Takes commit_later.sql back.
SELECT set_config('synchronous_commit', 'on', false);
