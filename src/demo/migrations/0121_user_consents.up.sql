-- GDPR: what was agreed to, and when.
CREATE TABLE user_consents (
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose text NOT NULL,
    given_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    PRIMARY KEY (user_id, purpose, given_at),
    CONSTRAINT user_consents_order CHECK (withdrawn_at > given_at)
);
