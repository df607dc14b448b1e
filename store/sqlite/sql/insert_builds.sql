-- ?1 name TEXT, ?2 version INTEGER
INSERT INTO views (name, version) VALUES (?1, ?2);
