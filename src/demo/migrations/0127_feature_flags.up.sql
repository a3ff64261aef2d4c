CREATE TABLE feature_flags (
    name text PRIMARY KEY,
    enabled boolean NOT NULL DEFAULT false,
    share numeric(3,2) NOT NULL DEFAULT 1 CHECK (share BETWEEN 0 AND 1),
    changed_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO feature_flags (name) VALUES ('new_checkout'), ('gift_messages');
