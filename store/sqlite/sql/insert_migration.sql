-- ?1 number INTEGER, ?2 name TEXT, ?3 checksum TEXT, ?4 applied_at TEXT
INSERT INTO migrations (number, name, checksum, applied_at)
VALUES (?1, ?2, ?3, ?4);
