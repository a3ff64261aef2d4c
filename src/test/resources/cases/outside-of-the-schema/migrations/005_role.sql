GRANT SELECT ON hot TO reporting;
