SELECT current_setting('shop.tenant');
