-- depends: 0004.index
ALTER TABLE users ADD phone text;

-- that is all
