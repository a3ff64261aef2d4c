DROP INDEX crop_kind;
