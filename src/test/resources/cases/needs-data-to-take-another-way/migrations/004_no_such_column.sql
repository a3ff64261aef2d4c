UPDATE users SET address = lower(mail);
