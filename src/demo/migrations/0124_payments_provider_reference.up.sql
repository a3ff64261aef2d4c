-- The provider's own number, for the nightly reconciliation.
ALTER TABLE payments ADD COLUMN provider_reference text;
CREATE UNIQUE INDEX payments_provider_reference_key
    ON payments (provider_reference) WHERE provider_reference IS NOT NULL;
