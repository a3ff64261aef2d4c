-- Part two of JIRA-4690.
ALTER TABLE returns
    ADD COLUMN reason_id integer REFERENCES return_reasons (id);

CREATE INDEX returns_reason_id_idx ON returns (reason_id);
