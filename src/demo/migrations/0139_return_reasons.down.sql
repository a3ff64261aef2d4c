DROP TABLE return_reasons;
