\set gone 1
SELECT NULL AS gone, 2 AS here \gset
SELECT :here, :{?gone};
SELECT :gone;
