-- :table and :payload stand for the view's table and the store's payload type.
CREATE TABLE :table (
  key text COLLATE "C" PRIMARY KEY,
  data :payload NOT NULL
);
