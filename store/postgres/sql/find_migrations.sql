-- What has been applied, and whether it is what this program holds.
-- $1 integer[]: number
-- $2 text[]: text
SELECT
  applied.number,
  applied.name,
  given.number IS NULL AS is_newer,
  applied.checksum = encode(sha256(convert_to(given.text, 'UTF8')), 'hex')
FROM cafes_schema AS applied
LEFT JOIN unnest($1::integer[], $2::text[]) AS given (number, text)
  USING (number)
ORDER BY applied.number;
