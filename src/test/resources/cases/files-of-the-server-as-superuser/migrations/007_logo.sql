SELECT lo_import('/srv/shop/logo.png');
