SELECT format('CREATE INDEX CONCURRENTLY %I ON users (email)', 'users_email_idx') \gexec
