-- Commits are durable when they return.
PRAGMA synchronous = FULL;
