-- ${audit-schema} keeps what the shop deletes.
SET search_path = ${audit-schema};
CREATE TABLE deleted (id bigint);
ALTER TABLE public.customer ADD email text;
