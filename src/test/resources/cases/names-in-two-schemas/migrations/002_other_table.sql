UPDATE public.users SET full_name = 'x';
