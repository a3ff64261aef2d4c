CREATE USER MAPPING FOR PUBLIC SERVER attic OPTIONS (user 'other', password 'no-secret');
