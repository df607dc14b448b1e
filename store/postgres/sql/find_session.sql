-- This session, so that its remains can be ended later.
SELECT pid, backend_start
FROM pg_stat_activity
WHERE pid = pg_backend_pid();
