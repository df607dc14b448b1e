-- The key of a view's claim.
-- $1 text: name
-- $2 integer: version
SELECT hashtextextended(
  'cafes/view/' || 'checkpoints'::regclass::oid || '/' || $1, $2);
