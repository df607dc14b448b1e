-- For locks, until the end of the transaction.
SELECT set_config('lock_timeout', '2s', true);
