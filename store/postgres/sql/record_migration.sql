-- $1 integer: number
-- $2 text: name
-- $3 text: the migration's text, kept as checksum
INSERT INTO cafes_schema (number, name, checksum)
VALUES ($1, $2, encode(sha256(convert_to($3, 'UTF8')), 'hex'));
