-- :table and :payload stand for the build's table and the store's payload type.
CREATE TABLE :table (
  key text COLLATE "C" PRIMARY KEY,
  data :payload NOT NULL
);
