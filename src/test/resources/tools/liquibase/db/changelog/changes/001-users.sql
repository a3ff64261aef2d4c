--liquibase formatted sql
--changeset ana:1
CREATE TABLE users (id bigint PRIMARY KEY);
--rollback DROP TABLE users;
