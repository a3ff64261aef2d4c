-- nothing;

/* here; */ ; 
