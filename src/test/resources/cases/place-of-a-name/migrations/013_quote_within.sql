ALTER TABLE IF EXISTS public.nothing ADD b int;
ALTER TABLE "The ""big"" one" ADD b int;
