CREATE TABLE public.users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email text
);

CREATE SCHEMA atlas_schema_revisions;

CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (
    version character varying NOT NULL PRIMARY KEY,
    description character varying NOT NULL,
    type bigint DEFAULT 2 NOT NULL,
    applied bigint DEFAULT 0 NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    executed_at timestamp with time zone NOT NULL,
    execution_time bigint NOT NULL,
    error text,
    error_stmt text,
    hash character varying NOT NULL,
    partial_hashes jsonb,
    operator_version character varying NOT NULL
);

INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES
    ('20240102000000', 'email', 2, 1, 2, '2024-01-02 00:00:00+00', 1000, 'pq: canceling statement due to lock timeout', 'CREATE INDEX CONCURRENTLY users_email ON users (email);', 'q74BO7SxxFpe4rdZbta8bbWpeEPwD/AnUKmE+qi+Ou4=', '["h1:HLlwDu088jpnOkZxwqB0o41ZELx8ZA54Zqto7guGUF4="]', 'Atlas CLI v0.32.0'),
    ('20240101000000', 'users', 2, 1, 1, '2024-01-01 00:00:00+00', 1000, '', '', 'UhXSDEWCwEqxAd5upVXxdwU8s/NiHkawcm1vpLdGiSc=', 'null', 'Atlas CLI v0.32.0'),
    ('.atlas_cloud_identifier', '6a1c3a6e-0d1f-4a3e-8d5e-1f6f1f6c1f00', 0, 0, 0, '2024-01-01 00:00:00+00', 0, '', '', '', NULL, 'Atlas CLI v0.32.0');
