-- Failures that follow from the statement marked "fails": without it they are not there.
=== ident seq
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE t(id int GENERATED ALWAYS AS IDENTITY, a int);
ALTER TABLE not_there ADD x int; -- fails
---
GRANT USAGE ON SEQUENCE t_id_seq TO PUBLIC;
=== serial4 seq
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE t(id serial4);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER SEQUENCE t_id_seq RESTART 10;
=== serial seq
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE t(id serial);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER SEQUENCE t_id_seq RESTART 10;
=== bigserial addcol
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD COLUMN n bigserial;
ALTER TABLE not_there ADD x int; -- fails
---
SELECT nextval('users_n_seq');
=== auto idx
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE INDEX ON users(email);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER INDEX users_email_idx RENAME TO ux;
=== auto idx drop
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE INDEX ON users(email);
ALTER TABLE not_there ADD x int; -- fails
---
DROP INDEX users_email_idx;
=== trunc63
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE a_very_long_table_name_that_goes_on_and_on_for_ever_and_then_some_more(id int);
ALTER TABLE not_there ADD x int; -- fails
---
SELECT * FROM a_very_long_table_name_that_goes_on_and_on_for_ever_and_then_some_more;
=== trunc63con
CREATE TABLE public.a_table_with_quite_a_long_name_for_users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE a_table_with_quite_a_long_name_for_users ADD COLUMN another_long_column_name_of_this int UNIQUE;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE a_table_with_quite_a_long_name_for_users DROP CONSTRAINT a_table_with_quite_a_long_nam_another_long_column_name_of__key;
=== array type
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TYPE mood AS ENUM('a','b');
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD COLUMN moods mood[];
=== array type q
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TYPE mood AS ENUM('a','b');
ALTER TABLE not_there ADD x int; -- fails
---
CREATE FUNCTION f(m public.mood[]) RETURNS int LANGUAGE sql AS 'select 1';
=== enum type
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TYPE mood AS ENUM('a','b');
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD COLUMN moods mood;
=== setof type
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE acct(id int);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE FUNCTION f() RETURNS SETOF acct LANGUAGE sql AS 'select null::acct';
=== select into
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
SELECT * INTO backup_users FROM users;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE backup_users;
=== ctas
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE backup_users AS SELECT * FROM users;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE backup_users ADD x int;
=== schema embedded
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE SCHEMA s CREATE TABLE t(id int) CREATE VIEW v AS SELECT 1 AS x;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE s.t ADD x int;
---
SELECT * FROM s.v;
=== schema rename
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA old; CREATE TABLE old.t(id int);
---
ALTER SCHEMA old RENAME TO new;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE new.t ADD x int;
---
SELECT * FROM new.t
=== table set schema
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA app;
---
ALTER TABLE users SET SCHEMA app;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE app.users ADD x int;
=== type set schema
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA app;CREATE TYPE mood AS ENUM('a');
---
ALTER TYPE mood SET SCHEMA app;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD x app.mood;
=== func set schema
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA app;CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'select 1';
---
ALTER FUNCTION f(int) SET SCHEMA app;
ALTER TABLE not_there ADD x int; -- fails
---
SELECT app.f(1);
=== inherit col
CREATE TABLE p(id int); CREATE TABLE c() INHERITS(p);
---
ALTER TABLE p ADD COLUMN x int;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE c ALTER COLUMN x SET DEFAULT 1;
=== partition col
CREATE TABLE p(id int) PARTITION BY RANGE(id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
---
ALTER TABLE p ADD COLUMN x int;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX p1_x ON p1(x);
=== table swap
CREATE TABLE accounts(id int);
---
CREATE TABLE accounts_new(id int, balance numeric);
ALTER TABLE accounts RENAME TO accounts_old;
ALTER TABLE accounts_new RENAME TO accounts;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX accounts_balance ON accounts(balance);
=== view new
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE VIEW v AS SELECT id FROM users;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE VIEW v2 AS SELECT id FROM v;
=== trig new field
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TABLE seeds(id int);
---
ALTER TABLE seeds ADD COLUMN upd timestamptz;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.upd := now(); RETURN NEW; END $$;
CREATE TRIGGER tg BEFORE INSERT ON seeds FOR EACH ROW EXECUTE FUNCTION tf();
---
INSERT INTO seeds(id) VALUES (1);
=== fn body col
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD COLUMN age int;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select age from users';
=== fn call col
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE FUNCTION agg() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT max(age) FROM users); END $$;
---
ALTER TABLE users ADD COLUMN age int;
ALTER TABLE not_there ADD x int; -- fails
---
SELECT agg();
=== do exec fmt idx
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD COLUMN age int;
ALTER TABLE not_there ADD x int; -- fails
---
DO $$ BEGIN EXECUTE format('CREATE INDEX ON %I (age)', 'users'); END $$;
=== do exec lit make
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
DO $$ BEGIN EXECUTE 'ALTER TABLE users ADD COLUMN age int'; END $$;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON users(age);
=== do exec lit tab
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_tables WHERE tablename='acct') THEN EXECUTE 'CREATE TABLE acct(id int)'; END IF; END $$;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE acct ADD x int;
=== do exception enum
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD m mood;
=== composite attr
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TYPE addr AS (street text); CREATE TABLE h(id int, a addr);
---
ALTER TYPE addr ADD ATTRIBUTE zip text;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE VIEW hv AS SELECT (a).zip FROM h;
=== ext opclass
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE EXTENSION pg_trgm;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON users USING gin (email gin_trgm_ops);
=== ext type
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE EXTENSION citext;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD c citext;
=== ext fn
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE EXTENSION "uuid-ossp";
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD c uuid DEFAULT uuid_generate_v4();
=== ext fn2
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE EXTENSION pgcrypto;
ALTER TABLE not_there ADD x int; -- fails
---
SELECT digest('a','sha256');
=== tsconfig
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TEXT SEARCH CONFIGURATION myc (COPY=english);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON users USING gin(to_tsvector('myc',email));
=== cast
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TYPE e AS ENUM('1');CREATE FUNCTION i2e(int) RETURNS e LANGUAGE sql AS $$select '1'::public.e$$;CREATE CAST (int AS e) WITH FUNCTION i2e(int);
ALTER TABLE not_there ADD x int; -- fails
---
SELECT 1::e;
=== onconflict
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE UNIQUE INDEX users_email_u ON users(email);
ALTER TABLE not_there ADD x int; -- fails
---
INSERT INTO users(id,email) VALUES (1,'a') ON CONFLICT (email) DO NOTHING;
=== fk unique
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD UNIQUE (email);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE orders ADD COLUMN ue text REFERENCES users(email);
=== onconflict constraint
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD CONSTRAINT ue UNIQUE (email);
ALTER TABLE not_there ADD x int; -- fails
---
INSERT INTO users(id,email) VALUES (1,'a') ON CONFLICT ON CONSTRAINT ue DO NOTHING;
=== drop col then lookup
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TABLE kinds(id int primary key); ALTER TABLE orders ADD kind_id int REFERENCES kinds(id);
---
ALTER TABLE orders DROP COLUMN kind_id;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE kinds;
=== drop fk then lookup
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TABLE kinds(id int primary key); ALTER TABLE orders ADD kind_id int CONSTRAINT fkk REFERENCES kinds(id);
---
ALTER TABLE orders DROP CONSTRAINT fkk;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE kinds;
=== drop col then type
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TYPE kind AS ENUM('a'); ALTER TABLE orders ADD kind kind;
---
ALTER TABLE orders DROP COLUMN kind;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TYPE kind;
=== dropview then col
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE VIEW v AS SELECT email FROM users;
---
DROP VIEW v;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users DROP COLUMN email;
=== droptable then type
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TYPE kind AS ENUM('a'); CREATE TABLE kk(k kind);
---
DROP TABLE kk;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TYPE kind;
=== droptable then schema
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE SCHEMA s; CREATE TABLE s.t(id int);
---
DROP TABLE s.t;
ALTER TABLE not_there ADD x int; -- fails
---
DROP SCHEMA s;
=== droptrg then fn
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'; CREATE TRIGGER tg BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION tf();
---
DROP TRIGGER tg ON users;
ALTER TABLE not_there ADD x int; -- fails
---
DROP FUNCTION tf();
=== pk swap
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users DROP CONSTRAINT users_pkey;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD PRIMARY KEY (email);
=== fn rettype
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1';
---
DROP FUNCTION f();
ALTER TABLE not_there ADD x int; -- fails
---
CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql AS 'select 1::text';
=== enum rename label
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TYPE e AS ENUM('a');
---
ALTER TYPE e ADD VALUE 'b';
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TYPE e RENAME VALUE 'b' TO 'c';
=== enum before
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TYPE e AS ENUM('a');
---
ALTER TYPE e ADD VALUE 'b';
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TYPE e ADD VALUE 'c' BEFORE 'b';
=== enum use
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE TYPE e AS ENUM('a'); CREATE TABLE te(x e);
---
ALTER TYPE e ADD VALUE 'b';
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE te ALTER x SET DEFAULT 'b';
=== comment col
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD age int;
ALTER TABLE not_there ADD x int; -- fails
---
COMMENT ON COLUMN users.age IS 'x';
---
COMMENT ON COLUMN public.users.age IS 'x';
=== default priv
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE SCHEMA app;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;
---
CREATE TABLE app.x(id int);
=== regproc
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'select 1';
ALTER TABLE not_there ADD x int; -- fails
---
COMMENT ON FUNCTION f(int) IS 'x';
---
SELECT 'f(int)'::regprocedure;
---
DROP FUNCTION f;
---
GRANT EXECUTE ON FUNCTION f(int) TO PUBLIC;
---
ALTER FUNCTION f(integer) STABLE;
=== mixed case
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE "My.Table"("Col A" int, "Col-B" int);
ALTER TABLE not_there ADD x int; -- fails
---
SELECT * FROM "My.Table";
---
ALTER TABLE "My.Table" ADD x int;
=== mixed col
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD "First-Name" text;
ALTER TABLE not_there ADD x int; -- fails
---
SELECT u."First-Name" FROM users u;
---
SELECT "First-Name" FROM users;
=== rowtype fn
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE acct(id int);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE FUNCTION f(a acct) RETURNS int LANGUAGE sql AS 'select 1';
=== domain
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE DOMAIN em AS text;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ALTER email TYPE em;
=== domain con
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
CREATE DOMAIN em AS text;
---
ALTER DOMAIN em ADD CONSTRAINT chk CHECK (VALUE <> '');
ALTER TABLE not_there ADD x int; -- fails
---
ALTER DOMAIN em DROP CONSTRAINT chk;
=== tab check auto
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE orders ADD CHECK (id > 0);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE orders DROP CONSTRAINT orders_id_check;
=== like cols
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE TABLE t2 (LIKE users INCLUDING ALL);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE t2 RENAME email TO e;
=== rename idx
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER INDEX users_pkey RENAME TO upk;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users DROP CONSTRAINT upk;
=== rename con
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users RENAME CONSTRAINT users_pkey TO upk;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER INDEX upk RENAME TO z;
=== rename col
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users RENAME email TO mail;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE INDEX ON users(mail);
---
ALTER TABLE users ADD email text;
=== using idx
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE UNIQUE INDEX ui ON users(email);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD CONSTRAINT ui UNIQUE USING INDEX ui;
=== stat
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE STATISTICS st ON id,email FROM users;
ALTER TABLE not_there ADD x int; -- fails
---
DROP STATISTICS st;
=== matview
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE MATERIALIZED VIEW mv AS SELECT id FROM users;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE UNIQUE INDEX ON mv(id);
---
REFRESH MATERIALIZED VIEW mv;
=== policy
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE POLICY p ON users USING (true);
ALTER TABLE not_there ADD x int; -- fails
---
ALTER POLICY p ON users USING (false);
=== agg
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE AGGREGATE mysum(int) (sfunc=int4pl, stype=int);
ALTER TABLE not_there ADD x int; -- fails
---
SELECT mysum(id) FROM users;
=== proc
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
CREATE PROCEDURE pr() LANGUAGE sql AS 'select 1';
ALTER TABLE not_there ADD x int; -- fails
---
CALL pr();
=== update from
CREATE TABLE public.users(id int primary key, email text);
CREATE TABLE public.orders(id int primary key, user_id int, status text);
---
ALTER TABLE users ADD age int;
ALTER TABLE not_there ADD x int; -- fails
---
UPDATE orders o SET status = u.age::text FROM users u WHERE u.id=o.user_id;
---
INSERT INTO users(id,age) VALUES (1,2);
---
SELECT x.age FROM (SELECT * FROM users) x;
