UPDATE child SET note = 'x';
