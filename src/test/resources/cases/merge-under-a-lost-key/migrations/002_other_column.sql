UPDATE price SET net = 2;
