CREATE TABLE offers (
  code text DEFAULT NULL,
  price integer DEFAULT CASE WHEN current_date > '2026-01-01' THEN NULL ELSE 1 END,
  place point_on_earth,
  shape shape_of_a_box
);
