CREATE VIEW outlines AS SELECT outline FROM place JOIN pair USING (id);
