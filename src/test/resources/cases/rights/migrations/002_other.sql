ALTER TABLE payroll ADD COLUMN x int;
