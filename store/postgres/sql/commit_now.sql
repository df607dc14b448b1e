-- For a transaction that is to be durable when it is reported, whatever the
-- session does.
SELECT set_config('synchronous_commit', 'on', true)
WHERE current_setting('synchronous_commit') = 'off';
