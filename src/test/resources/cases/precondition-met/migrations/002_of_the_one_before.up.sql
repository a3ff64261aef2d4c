ALTER TABLE users ADD CONSTRAINT nickname_given CHECK (nickname <> '');
