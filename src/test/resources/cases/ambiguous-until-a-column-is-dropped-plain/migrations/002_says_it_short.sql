CREATE TABLE shown_notes AS
SELECT author_id, NOT hidden AS shown
FROM notes n JOIN authors a ON a.id = n.author_id;
