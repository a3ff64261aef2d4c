-- hasura:no-transaction
CREATE INDEX CONCURRENTLY users_name ON public.users (name);
