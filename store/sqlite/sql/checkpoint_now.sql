-- Moves what the WAL holds into the file, as far as no reader is in the way.
PRAGMA wal_checkpoint(PASSIVE);
