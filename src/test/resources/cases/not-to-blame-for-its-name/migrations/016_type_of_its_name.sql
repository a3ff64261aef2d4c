DROP TYPE rings;
