GRANT SELECT ON payroll TO reader;
