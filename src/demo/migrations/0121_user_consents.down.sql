DROP TABLE user_consents;
