CREATE COLLATION public.xx (locale = 'xx_YY.utf8');
