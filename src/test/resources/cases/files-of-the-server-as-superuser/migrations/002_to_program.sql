COPY users TO PROGRAM '/opt/shop/import-users';
