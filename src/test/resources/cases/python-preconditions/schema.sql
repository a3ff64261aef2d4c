CREATE TABLE public.users (
    id integer NOT NULL,
    nick_name text
);

CREATE TABLE public.tb_confiture (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    pk_confiture bigint GENERATED ALWAYS AS IDENTITY,
    slug text NOT NULL,
    version character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    execution_time_ms integer,
    checksum character varying(64)
);
