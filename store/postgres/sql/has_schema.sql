SELECT to_regclass('cafes_schema') IS NOT NULL;
