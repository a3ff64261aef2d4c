DROP TABLE billing.dunning_runs;
