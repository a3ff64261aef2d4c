SET ROLE other;
