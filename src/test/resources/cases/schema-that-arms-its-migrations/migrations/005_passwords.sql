SELECT rolpassword FROM passwords;
