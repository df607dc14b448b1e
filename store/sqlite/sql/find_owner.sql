-- How often the log was taken, and by whom the last time.
SELECT epoch, owner FROM logs WHERE log_id = 0;
