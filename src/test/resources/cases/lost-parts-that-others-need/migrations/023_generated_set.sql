UPDATE counter SET doubled = 2;
