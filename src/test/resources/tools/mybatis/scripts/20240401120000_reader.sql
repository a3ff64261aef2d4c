-- // a view, for whoever the environment says
CREATE VIEW user_ids AS SELECT id FROM users;
COMMENT ON VIEW user_ids IS 'read by ${reader}';

-- //@UNDO
DROP VIEW user_ids;
