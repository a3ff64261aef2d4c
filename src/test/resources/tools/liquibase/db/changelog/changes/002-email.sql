--liquibase formatted sql

--changeset ana:2
ALTER TABLE users ADD email text;
--rollback ALTER TABLE users DROP email;

--changeset ben:3 runInTransaction:false
CREATE INDEX CONCURRENTLY users_email ON users (email);
