-- $1 bigint: key
SELECT pg_advisory_unlock($1);
