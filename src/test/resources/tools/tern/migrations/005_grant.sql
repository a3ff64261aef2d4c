GRANT SELECT ON users TO {{.reader}};
