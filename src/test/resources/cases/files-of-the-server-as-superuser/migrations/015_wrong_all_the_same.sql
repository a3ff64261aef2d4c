COPY lines (price) FROM '/srv/shop/users.csv';
