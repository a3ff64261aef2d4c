SELECT count(*) FROM pg_ls_dir('/srv/shop');
