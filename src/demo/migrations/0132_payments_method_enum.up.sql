-- JIRA-4655: only the four methods we really offer.
CREATE TYPE payment_method AS ENUM ('card', 'paypal', 'sepa', 'invoice');

ALTER TABLE payments
    ALTER COLUMN method TYPE payment_method USING method::payment_method;

COMMENT ON COLUMN payments.method IS 'How the customer chose to pay.';
