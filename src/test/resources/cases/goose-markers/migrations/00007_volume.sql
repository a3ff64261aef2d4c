-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION volume(p parcels) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN p.height * p.depth;
END
$$;
-- +goose StatementEnd
SELECT volume(p) FROM parcels p;
-- +goose Down
DROP FUNCTION volume(parcels);
