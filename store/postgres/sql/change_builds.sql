-- $1 text: name
-- $2 integer: version
-- $3 integer: live
-- $4 integer: last
-- $5 integer: target, or 0
-- $6 integer: previous, or 0
-- $7 boolean: is_building
-- $8 boolean: goes_back
-- $9 text: stopped
UPDATE views SET
  live = $3,
  last = $4,
  target = nullif($5, 0),
  previous = nullif($6, 0),
  is_building = $7,
  goes_back = $8,
  stopped = $9
WHERE name = $1 AND version = $2;
