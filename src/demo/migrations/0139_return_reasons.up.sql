-- JIRA-4690: customers choose why they send something back.
CREATE TABLE return_reasons (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    free_shipping boolean NOT NULL DEFAULT false,
);

INSERT INTO return_reasons (code, label, free_shipping) VALUES
    ('too_small', 'Too small', false),
    ('damaged', 'Arrived damaged', true);
