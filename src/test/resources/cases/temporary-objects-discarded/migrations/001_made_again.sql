CREATE TEMP TABLE sieve (grain int);
CREATE TEMP VIEW coarse AS SELECT grain FROM sieve WHERE grain > 5;
CREATE DOMAIN pg_temp.weight AS numeric CHECK (value > 0);
DISCARD TEMP;
CREATE TEMP TABLE sieve (mesh int);
INSERT INTO sieve (mesh) VALUES (1);
