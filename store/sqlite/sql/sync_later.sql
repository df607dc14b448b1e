-- Commits wait for no disk; in order all the same.
PRAGMA synchronous = NORMAL;
