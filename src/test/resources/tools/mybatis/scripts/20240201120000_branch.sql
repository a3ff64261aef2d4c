-- // a branch that was merged late
ALTER TABLE users ADD name text;

-- //@UNDO
ALTER TABLE users DROP name;
