--! Previous: sha1:d63fe57c7f4b9fac962a6945c86156ff80f081e2
--! Hash: sha1:d268ac266991e2c19e1710f3144bfe9c4d1dbeb4
--! Message: name

ALTER TABLE users ADD name text NOT NULL;
