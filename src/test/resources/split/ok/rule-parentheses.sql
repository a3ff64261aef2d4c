CREATE TABLE rule_t (a int);
CREATE RULE r AS ON INSERT TO rule_t DO ALSO (
  UPDATE rule_t SET a = (a + 1);
  DELETE FROM rule_t WHERE a IN (1, 2);
);
CREATE RULE r2 AS ON UPDATE TO rule_t DO INSTEAD (SELECT ')'; SELECT 2 /* ) */); SELECT (1);
