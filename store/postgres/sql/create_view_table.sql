-- Room in each block for new forms of all its rows: where a commit writes them
-- all again, as with documents of one age, they stay in it, and the index does
-- not change. Fuller blocks take more room in the end.
-- :table and :payload stand for the build's table and the store's payload type.
CREATE TABLE :table (
  key text COLLATE "C" PRIMARY KEY,
  data :payload NOT NULL
) WITH (fillfactor = 45);
