-- $1 text: name
-- $2 integer: version
INSERT INTO views (name, version) VALUES ($1, $2);
