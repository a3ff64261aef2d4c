SELECT 'COMMENT ON TABLE users IS ''' || 'it''s' || '''' \gexec
