CREATE PUBLICATION p FOR TABLE theirs.table_of_theirs;
