-- What a session of ours relies on, whatever role and database preset.
--
-- Every statement of ours is a walk along an index. The planner is kept to
-- that, because a plan cached while a table was small must not read all of it
-- when it is big; and as forbidden plans look expensive to it, jit is off. Plans
-- are made once: the values would not change them, and planning for each array
-- anew costs more than a read of it.
-- No statement is cut short by a time-out of the server's, least of all a
-- commit, and that goes first; what a client waits for is in conninfo.cpp.
-- Commits are durable before they are reported; what is no more than a cache
-- is spared that by commit_later.sql.
-- A client that is gone without a word is noticed within 20 s, as a server is
-- by us: until then its session keeps the log, or a view, locked. (Over a unix
-- socket these settings do nothing.)
SET statement_timeout = 0;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
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
SET plan_cache_mode = force_generic_plan;
SELECT set_config('transaction_timeout', '0', false)
WHERE EXISTS (
  SELECT FROM pg_settings WHERE name = 'transaction_timeout');
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') = 'off';
