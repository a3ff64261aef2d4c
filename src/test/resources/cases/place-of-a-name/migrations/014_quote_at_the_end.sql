CREATE TABLE "Sizes ""S"" to ""L""" (a int);
ALTER TABLE "Sizes ""S"" to ""L""" ADD b int, DROP COLUMN "Size ""M""";
