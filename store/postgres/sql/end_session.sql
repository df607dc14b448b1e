-- Ends an earlier session of ours that the server still keeps; waits a second for it.
-- $1 integer: pid
-- $2 timestamptz: backend_start, since process numbers come again
SELECT pg_terminate_backend(pid, 1000)
FROM pg_stat_activity
WHERE pid = $1 AND backend_start = $2;
