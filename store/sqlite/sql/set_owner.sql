-- ?1 epoch INTEGER, ?2 owner TEXT
UPDATE logs SET epoch = ?1, owner = ?2 WHERE log_id = 0;
