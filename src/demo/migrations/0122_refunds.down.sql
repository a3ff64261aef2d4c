DROP FUNCTION refundable(bigint);
DROP TABLE refunds;
