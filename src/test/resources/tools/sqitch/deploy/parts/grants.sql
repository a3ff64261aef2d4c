COMMENT ON TABLE :app.users IS :'registry';
