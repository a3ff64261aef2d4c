CREATE TEMP TABLE "a;b" ("c""; d" int, "'" int, "--" int);
SELECT "c""; d", "'" FROM "a;b"; SELECT "--" AS "\", 1 AS "$$;" FROM "a;b"; SELECT 1 AS "two
;lines";
