-- Kept in the file. Answers the mode that is in force: wal, if it can be had.
PRAGMA journal_mode = WAL;
