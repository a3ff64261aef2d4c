--! Previous: sha1:d268ac266991e2c19e1710f3144bfe9c4d1dbeb4
--! Hash: sha1:3eebb90423d489b197707226b73bbd9ed0a8941f
--! Message: email

ALTER TABLE users ADD email text;
