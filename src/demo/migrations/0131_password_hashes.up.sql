-- Passwords leave the old service. bcrypt only.
CREATE TABLE user_passwords (
    user_id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash text NOT NULL CHECK (hash LIKE '$2a$%'),
    changed_at timestamptz NOT NULL DEFAULT now()
);
REVOKE ALL ON user_passwords FROM reporting_ro;

CREATE FUNCTION check_password(who bigint, password text) RETURNS boolean
LANGUAGE sql STABLE
RETURN (SELECT p.hash = crypt(password, p.hash) FROM user_passwords p WHERE p.user_id = who);
