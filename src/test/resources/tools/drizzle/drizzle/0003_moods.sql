CREATE TABLE "moods" ("mood" "mood" NOT NULL);
--> statement-breakpoint
INSERT INTO "moods" VALUES ('happy');