-- Failures that are no consequence of what failed before them, however alike the names are.
=== make drop same file
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE staging(id int);
DROP TABLE staging;
ALTER TABLE not_there ADD x int; -- fails
---
SELECT * FROM staging;
=== net drop later blocked
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE tmpx(id int);
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE tmpx;
---
SELECT * FROM tmpx;
=== addcol net
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD age int;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users RENAME age TO years;
---
SELECT age FROM users;
=== ine then passed drop
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE IF NOT EXISTS orders(id int);
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE orders;
---
ALTER TABLE orders ADD x int;
=== addcol ine then drop
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD COLUMN IF NOT EXISTS email text;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users DROP COLUMN email;
---
CREATE INDEX ux ON users(email);
=== from clause
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE items(id int);
ALTER TABLE not_there ADD x int; -- fails
---
SELECT items.id FROM users i;
=== alias other table
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD age int;
ALTER TABLE not_there ADD x int; -- fails
---
SELECT o.age FROM orders o JOIN users u ON u.id=o.user_id;
=== alias other table2
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD updated_at timestamptz;
ALTER TABLE not_there ADD x int; -- fails
---
UPDATE orders SET updated_at = now() FROM users u WHERE u.id=orders.user_id;
=== view where othertable
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD region text;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE VIEW v AS SELECT orders.region FROM orders JOIN users ON true;
=== trig other table
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$begin return new; end$$; CREATE TRIGGER set_updated BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION tf();
ALTER TABLE not_there ADD x int; -- fails
---
DROP TRIGGER set_updated ON orders;
=== trig exists other
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$begin return new; end$$; CREATE TRIGGER set_updated BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION tf(); CREATE TRIGGER set_updated BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION tf();
---
DROP TRIGGER set_updated ON users;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE TRIGGER set_updated BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION tf();
=== policy other
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE POLICY tenant ON users USING(true);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER POLICY tenant ON orders USING (true);
=== con other table
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD CONSTRAINT chk CHECK (id>0);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE orders DROP CONSTRAINT chk;
=== con validate other
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD CONSTRAINT chk CHECK (id>0) NOT VALID;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE orders VALIDATE CONSTRAINT chk;
=== con exists other
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
ALTER TABLE users ADD CONSTRAINT positive CHECK(id>0); ALTER TABLE orders ADD CONSTRAINT positive CHECK(id>0);
---
ALTER TABLE users DROP CONSTRAINT positive;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE orders ADD CONSTRAINT positive CHECK (id>1);
=== enum other type
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TYPE e1 AS ENUM('a'); CREATE TYPE e2 AS ENUM('a'); CREATE TABLE te(x e2);
---
ALTER TYPE e1 ADD VALUE 'pending';
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE te ALTER x SET DEFAULT 'pending';
=== enum newtype other
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TYPE e2 AS ENUM('a'); CREATE TABLE te(x e2);
---
CREATE TYPE e1 AS ENUM('active','archived');
ALTER TABLE not_there ADD x int; -- fails
---
CREATE VIEW v AS SELECT * FROM te WHERE x='archived';
=== int syntax label
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TYPE e1 AS ENUM('none');
ALTER TABLE not_there ADD x int; -- fails
---
INSERT INTO users(id) VALUES ('none');
=== fn argtype name
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE acct(id int);
CREATE FUNCTION exist() RETURNS int LANGUAGE sql AS 'select 1';
ALTER TABLE not_there ADD x int; -- fails
---
SELECT no_such_fn(1);
=== fk check not unique
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD CONSTRAINT email_ok CHECK (email<>'');
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE orders ADD ue text REFERENCES users(email);
=== schema other
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA archive;
---
CREATE TABLE archive.items(id int);
ALTER TABLE not_there ADD x int; -- fails
---
SELECT * FROM items;
=== schema other col
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA archive; CREATE TABLE archive.users(id int);
---
ALTER TABLE archive.users ADD age int;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON users(age);
=== schema other col2
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA archive; CREATE TABLE archive.users(id int);
---
ALTER TABLE archive.users ADD age int;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ALTER COLUMN age SET DEFAULT 1;
---
ALTER TABLE public.users ALTER COLUMN age SET DEFAULT 1;
=== schema other col3
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA archive; CREATE TABLE archive.users(id int);
---
ALTER TABLE users ADD age int;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE archive.users ALTER COLUMN age SET DEFAULT 1;
=== type other schema
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA archive;
---
CREATE TYPE archive.mood AS ENUM('a');
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD m mood;
=== typo
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD display_name text;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON users(displayname);
=== typo tbl
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE invoices(id int);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON invoice(id);
=== case typo
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE "Invoices"(id int);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON Invoices(id);
=== dropped by passed
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD age int;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE users;
---
SELECT age FROM users;
=== dep own
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE VIEW v AS SELECT email FROM users; CREATE VIEW w AS SELECT email FROM users;
---
DROP VIEW v;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users DROP COLUMN email;
=== dep own2
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TABLE l(id int primary key); ALTER TABLE orders ADD CONSTRAINT fk1 FOREIGN KEY(user_id) REFERENCES l(id); ALTER TABLE users ADD CONSTRAINT fk2 FOREIGN KEY(id) REFERENCES l(id);
---
ALTER TABLE orders DROP CONSTRAINT fk1;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE l;
=== dep word
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE VIEW v AS SELECT email FROM users;
---
DROP FUNCTION IF EXISTS view();ALTER TABLE users RENAME TO people;
ALTER TABLE people RENAME TO users;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE users;
=== dep self
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE VIEW v AS SELECT email FROM users;
---
DROP TABLE orders;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE users;
=== perm owner
CREATE ROLE boss; CREATE ROLE app; CREATE TABLE a1(id int);CREATE TABLE a2(id int);CREATE TABLE cfg(id int); ALTER TABLE a1 OWNER TO app; ALTER TABLE a2 OWNER TO app; ALTER TABLE cfg OWNER TO boss;
---
CREATE TABLE IF NOT EXISTS cfg(id int);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE cfg ADD x int;
=== perm schema
CREATE ROLE boss; CREATE ROLE app; CREATE SCHEMA sec; ALTER SCHEMA sec OWNER TO boss; CREATE TABLE a1(id int); ALTER TABLE a1 OWNER TO app;
---
CREATE SCHEMA IF NOT EXISTS sec;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE TABLE sec.t(id int);
=== index name dup
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE INDEX ie ON users(email);
---
DROP INDEX ie;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ie ON users(email);
---
CREATE INDEX ie ON orders(status);
=== wrong cause schema
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA a; CREATE SCHEMA b;
---
CREATE TABLE a.t(id int);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE TABLE public.t(id int);
ALTER TABLE not_there ADD x int; -- fails
---
SELECT * FROM t;
=== wrong cause trig
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$begin return new; end$$;
---
CREATE TRIGGER tg BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION tf();
ALTER TABLE not_there ADD x int; -- fails
---
CREATE TRIGGER tg BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION tf();
ALTER TABLE not_there ADD x int; -- fails
---
DROP TRIGGER tg ON orders;
=== fn same name table
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE FUNCTION report() RETURNS int LANGUAGE sql AS 'select 1';
ALTER TABLE not_there ADD x int; -- fails
---
SELECT * FROM report;
=== type word
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TYPE status AS ENUM('a');
ALTER TABLE not_there ADD x int; -- fails
---
SELECT mystatus('a'::text);
---
SELECT f(NULL::text)
=== op word
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE exist(id int); CREATE TYPE exist2 AS ENUM('a');CREATE DOMAIN does AS text;
ALTER TABLE not_there ADD x int; -- fails
---
SELECT id = email FROM users;
=== ext own
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE EXTENSION pg_trgm;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON users USING gin (email nosuch_ops);
=== rolled back by the file itself
CREATE TABLE public.users(id int primary key);
---
BEGIN;
CREATE TABLE trial(id int);
ROLLBACK;
BEGIN;
ALTER TABLE not_there ADD x int; -- fails
COMMIT;
---
SELECT * FROM trial;
