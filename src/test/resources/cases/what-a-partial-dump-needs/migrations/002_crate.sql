CREATE TABLE crate (size extent);
