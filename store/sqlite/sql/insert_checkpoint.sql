-- ?1 name TEXT, ?2 version INTEGER, ?3 shape TEXT
INSERT INTO checkpoints (name, version, shape, position)
VALUES (?1, ?2, ?3, 0);
