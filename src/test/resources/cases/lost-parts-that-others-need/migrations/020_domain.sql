INSERT INTO mark (id) VALUES (1);
