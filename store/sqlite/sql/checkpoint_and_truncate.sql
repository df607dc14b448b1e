-- Moves all that the WAL holds into the file and empties the WAL.
PRAGMA wal_checkpoint(TRUNCATE);
