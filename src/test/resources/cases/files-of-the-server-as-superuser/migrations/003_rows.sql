COPY users FROM '/srv/shop/users.csv' (FORMAT csv);
