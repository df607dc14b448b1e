-- $1 smallint: log_id
SELECT owner, epoch FROM logs WHERE log_id = $1;
