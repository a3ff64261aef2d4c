CREATE TABLE public."User" (id integer PRIMARY KEY, email text);
CREATE TABLE public._prisma_migrations (
    id character varying(36) PRIMARY KEY,
    checksum character varying(64) NOT NULL,
    finished_at timestamp with time zone,
    migration_name character varying(255) NOT NULL,
    logs text,
    rolled_back_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_steps_count integer DEFAULT 0 NOT NULL
);
INSERT INTO public._prisma_migrations VALUES ('1', 'e4c0dc24b245dc790d5f507a0a595b1f771754ae8e82ffea61f5c4480c30fc80', '2024-03-02 10:00:01+00', '20240101120000_init', NULL, NULL, '2024-03-02 10:00:00+00', 1);
INSERT INTO public._prisma_migrations VALUES ('2', 'edited since', NULL, '20240301120000_email', 'it failed once', '2024-03-02 11:00:00+00', '2024-03-02 10:00:00+00', 0);
INSERT INTO public._prisma_migrations VALUES ('3', 'edited since', '2024-03-02 12:00:01+00', '20240301120000_email', NULL, NULL, '2024-03-02 10:00:00+00', 1);
INSERT INTO public._prisma_migrations VALUES ('4', 'its folder is gone', '2024-03-02 12:00:01+00', '20240115120000_gone', NULL, NULL, '2024-03-02 10:00:00+00', 1);
