\set x 'a\'b \\ c' \\ SELECT 1;
\echo a\echo b
\echo a\\SELECT 2; \timing off
\echo "x \\ y" `true \\` \\ SELECT 3; SELECT 4 \g \\ SELECT 5;
\! true \ ; \\ true
