CREATE TABLE "a;b" ("it''s" int, "say ""hi;""" int); ALTER TABLE "a;b" RENAME "it''s" TO "--x";
SELECT "/*" FROM "$$;"; SELECT 1;
