ALTER INDEX crop_plot RENAME TO crop_by_plot;
