CREATE TABLE public."User" (id integer PRIMARY KEY);
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
INSERT INTO public._prisma_migrations VALUES ('1', '2430429601e6c98683eec5a9be3bf0695ebc760d63e1c36e99366ea4d50ac800', '2024-03-02 10:00:01+00', '20240101120000_init', NULL, NULL, '2024-03-02 10:00:00+00', 1);
INSERT INTO public._prisma_migrations VALUES ('2', 'cdfcb1acb1cd7e21b031a09daad4598c4bbe04bbddbbe7ade2de5840003df12d', NULL, '20240201120000_name', 'division by zero', NULL, '2024-03-02 10:00:00+00', 0);
