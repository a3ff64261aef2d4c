CREATE TABLE audit_log (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor_id bigint NOT NULL REFERENCES users (id),
    at       timestamptz NOT NULL DEFAULT now(),
    action   text NOT NULL,
    payload  jsonb NOT NULL  -- the row before and after
);

CREATE INDEX audit_log_actor_id_idx ON audit_log (actor_id, at);
