DROP INDEX products_title_trgm_idx;
