-- What a session of ours relies on, whatever role and database preset.
--
-- Every statement of ours is a walk along an index. The planner is kept to
-- that, because a plan cached while a table was small must not read all of it
-- when it is big; and as forbidden plans look expensive to it, jit is off.
-- Commits are durable before they are reported, those of views too: a worker
-- that is idle does not notice that the server has fallen back.
-- A client that is gone without a word is noticed within 20 s, as a server is
-- by us: until then its session keeps the log, or a view, locked. (Over a unix
-- socket these settings do nothing.)
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_session_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET tcp_keepalives_idle = 5;
SET tcp_keepalives_interval = 3;
SET tcp_keepalives_count = 3;
SET tcp_user_timeout = 15000;
SET default_transaction_isolation = 'read committed';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET jit = off;
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') = 'off';
