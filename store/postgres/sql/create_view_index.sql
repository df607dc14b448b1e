-- :index stands for a name, :table for the view's table, :value for what is
-- indexed.
CREATE INDEX :index ON :table ((:value), key);
