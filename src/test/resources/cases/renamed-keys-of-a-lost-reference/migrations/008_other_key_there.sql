ALTER TABLE shed.tool DROP CONSTRAINT tool_name;
