SET ROLE nosuch_role;
