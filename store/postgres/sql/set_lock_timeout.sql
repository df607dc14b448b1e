-- $1 text: milliseconds, 0 waits for ever
SELECT set_config('lock_timeout', $1, false);
