SELECT 1 / (current_setting('TimeZone') = 'Asia/Tokyo')::int;
