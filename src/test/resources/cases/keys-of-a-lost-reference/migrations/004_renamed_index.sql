DROP INDEX crop_by_plot;
