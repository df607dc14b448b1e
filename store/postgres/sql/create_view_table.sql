-- Room in each block for new forms of its rows: a document that is written
-- again stays where it is, and its index does not change.
-- :table and :payload stand for the build's table and the store's payload type.
CREATE TABLE :table (
  key text COLLATE "C" PRIMARY KEY,
  data :payload NOT NULL
) WITH (fillfactor = 70);
