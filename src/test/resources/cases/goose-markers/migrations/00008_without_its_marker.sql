-- +goose Up
CREATE FUNCTION area(p parcels) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN p.height * p.height;
END
$$;
-- +goose Down
DROP FUNCTION area(parcels);
