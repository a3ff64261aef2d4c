SELECT 1 / (NOT pg_has_role('boss', 'MEMBER'))::int;
