-- A connection that never writes and never checkpoints.
PRAGMA query_only = ON;
PRAGMA mmap_size = 0;
PRAGMA wal_autocheckpoint = 0;
