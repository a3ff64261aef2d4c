UPDATE orchard SET kind = lower(knd);
