CREATE TABLE log (at timestamptz PRIMARY KEY DEFAULT now());
