-- ?1 name TEXT, ?2 version INTEGER, ?3 live INTEGER, ?4 last INTEGER,
-- ?5 target INTEGER, ?6 previous INTEGER, ?7 is_building INTEGER,
-- ?8 goes_back INTEGER, ?9 stopped TEXT
UPDATE views SET live = ?3, last = ?4, target = nullif(?5, 0),
  previous = nullif(?6, 0), is_building = ?7, goes_back = ?8, stopped = ?9
WHERE name = ?1 AND version = ?2;
