DROP TABLE return_items;
DROP TABLE returns;
DROP TYPE return_state;
