CREATE SCHEMA shop;
CREATE TABLE shop.users (id int PRIMARY KEY);
CREATE TABLE shop.orders (id int PRIMARY KEY, user_id int REFERENCES shop.users);
CREATE SCHEMA sqitch;
CREATE TABLE sqitch.projects (project text PRIMARY KEY, uri text UNIQUE, created_at timestamptz NOT NULL DEFAULT clock_timestamp(), creator_name text NOT NULL, creator_email text NOT NULL);
CREATE TABLE sqitch.changes (
  change_id text PRIMARY KEY, script_hash text, change text NOT NULL, project text NOT NULL REFERENCES sqitch.projects (project),
  note text NOT NULL DEFAULT '', committed_at timestamptz NOT NULL DEFAULT clock_timestamp(), committer_name text NOT NULL,
  committer_email text NOT NULL, planned_at timestamptz NOT NULL, planner_name text NOT NULL, planner_email text NOT NULL,
  UNIQUE (project, script_hash));
CREATE TABLE sqitch.events (
  event text NOT NULL, change_id text NOT NULL, change text NOT NULL, project text NOT NULL REFERENCES sqitch.projects (project),
  note text NOT NULL DEFAULT '', requires text[] NOT NULL DEFAULT '{}', conflicts text[] NOT NULL DEFAULT '{}', tags text[] NOT NULL DEFAULT '{}',
  committed_at timestamptz NOT NULL DEFAULT clock_timestamp(), committer_name text NOT NULL, committer_email text NOT NULL,
  planned_at timestamptz NOT NULL, planner_name text NOT NULL, planner_email text NOT NULL, PRIMARY KEY (change_id, committed_at));
COPY sqitch.projects (project, uri, created_at, creator_name, creator_email) FROM stdin;
shop	https://example.org/shop/	2024-01-02 00:00:00+00	Dev	dev@example.org
\.
COPY sqitch.changes (change_id, script_hash, change, project, note, committed_at, committer_name, committer_email, planned_at, planner_name, planner_email) FROM stdin;
062264674216510ca231c31802bc095e2e52948c	0000000000000000000000000000000000000001	users	shop	the users	2024-02-03 00:00:00+00	Dev	dev@example.org	2024-01-01 00:00:01+00	Dev	dev@example.org
fcc1a3af749e5da6f4456458114ecf635a4a78cf	0000000000000000000000000000000000000002	orders	shop	what they order	2024-02-03 00:00:01+00	Dev	dev@example.org	2024-02-01 00:00:00+00	Dev	dev@example.org
\.
