-- Countries move to the new zones. The mapping is needed only here.
CREATE TEMPORARY TABLE zone_of_country (
    country_code character(2) PRIMARY KEY,
    zone text NOT NULL
) ON COMMIT DROP;

INSERT INTO zone_of_country VALUES
    ('DE', 'Home'), ('AT', 'Neighbours'), ('CH', 'Neighbours'), ('FR', 'Europe'), ('IT', 'Europe');

INSERT INTO shipping_zones (name)
SELECT DISTINCT zone FROM zone_of_country
ON CONFLICT (name) DO NOTHING;

UPDATE countries c
SET shipping_zone_id = z.id
FROM zone_of_country m
JOIN shipping_zones z ON z.name = m.zone
WHERE c.code = m.country_code;
