CREATE SCHEMA app CREATE TABLE broken (id nosuch);
