-- As find_builds.sql, and how the live build stands.
-- $1 text: name
-- $2 integer: version
SELECT v.live, v.last, v.target, v.previous, v.is_building, v.goes_back,
  v.stopped,
  (SELECT t.position FROM checkpoints AS t
    WHERE t.name = v.name || CASE v.target WHEN 1 THEN ''
        ELSE '$' || v.target::text END
      AND t.version = v.version),
  c.position, c.paused,
  (SELECT count(*) FROM parked AS p
    WHERE p.name = v.live_row AND p.version = v.version)
FROM views AS v
JOIN checkpoints AS c ON c.name = v.live_row AND c.version = v.version
WHERE v.name = $1 AND v.version = $2;
