CREATE EXTENSION nosuch_kit;
CREATE TABLE crop (id int PRIMARY KEY, code text CONSTRAINT crop_code UNIQUE, kind text, year int CHECK (year > 0), plot int, note text);
ALTER TABLE crop OWNER TO clerk;
CREATE UNIQUE INDEX crop_kind ON crop (kind, year);
CREATE UNIQUE INDEX crop_plot ON crop (plot) INCLUDE (note);
CREATE UNIQUE INDEX crop_note ON crop (note);
CREATE TABLE field (id int CONSTRAINT field_id PRIMARY KEY, size int, spare int);
ALTER TABLE field OWNER TO clerk;
CREATE TABLE sold (x int,
  kind text, year int, FOREIGN KEY (year, kind) REFERENCES crop (year, kind),
  plot int REFERENCES crop (plot)) INHERITS (nosuch_base);
CREATE TABLE used (x int, field int REFERENCES field) INHERITS (nosuch_base);
CREATE VIEW sizes AS SELECT id, size, nosuch_of(size) FROM field GROUP BY id;
