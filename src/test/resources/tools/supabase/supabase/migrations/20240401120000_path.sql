select set_config('search_path', '', false);
create table public.orders (id bigint primary key);
