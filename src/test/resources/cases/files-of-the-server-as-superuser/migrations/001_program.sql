COPY lines FROM PROGRAM '/opt/shop/export-users --all';
