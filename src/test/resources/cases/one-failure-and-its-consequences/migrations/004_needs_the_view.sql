COMMENT ON VIEW totals IS 'all of them';
