SELECT '😀', '日本', nope FROM users;
