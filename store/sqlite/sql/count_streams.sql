SELECT count(*) FROM streams;
