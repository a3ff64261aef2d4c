UPDATE app.users SET full_name = 'x';
