DROP INDEX crop_note;
