-- The builds, and how far the target is: null without one, or before it is
-- made.
-- $1 text: name
-- $2 integer: version
SELECT v.live, v.last, v.target, v.previous, v.is_building, v.goes_back,
  v.stopped,
  (SELECT c.position FROM checkpoints AS c
    WHERE c.name = v.name || CASE v.target WHEN 1 THEN ''
        ELSE '$' || v.target::text END
      AND c.version = v.version)
FROM views AS v
WHERE v.name = $1 AND v.version = $2;
