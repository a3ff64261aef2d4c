CREATE TABLE pin (place int REFERENCES place); UPDATE pin SET colour = 1;
