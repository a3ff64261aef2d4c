CREATE ROLE shop_app;
CREATE ROLE shop_owner;
GRANT shop_owner TO shop_app;
GRANT CREATE ON SCHEMA public TO shop_app;
GRANT CREATE ON SCHEMA public TO shop_owner;
CREATE SCHEMA atlas_schema_revisions;
ALTER SCHEMA atlas_schema_revisions OWNER TO shop_app;
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
ALTER TABLE atlas_schema_revisions.atlas_schema_revisions OWNER TO shop_app;
