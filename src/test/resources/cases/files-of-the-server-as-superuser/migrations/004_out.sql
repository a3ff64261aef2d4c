COPY users TO '/srv/shop/users.csv';
