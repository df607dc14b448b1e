-- Waits as long as lock_timeout allows.
-- $1 bigint: key
SELECT pg_advisory_lock($1);
