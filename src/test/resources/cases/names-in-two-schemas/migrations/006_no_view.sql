DROP VIEW app.names;
DROP VIEW app.orders;
