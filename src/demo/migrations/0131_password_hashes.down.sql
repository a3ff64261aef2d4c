DROP FUNCTION check_password(bigint, text);
DROP TABLE user_passwords;
