COMMENT ON TABLE deployed IS 'counts the orders at each deployment';
