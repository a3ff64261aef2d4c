ALTER TABLE "users" ADD COLUMN "branch" text;
