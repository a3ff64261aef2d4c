CREATE TABLE e1 ();
PREPARE TRANSACTION 'preflight_golden';
