ALTER TABLE payments DROP COLUMN provider_reference;
