UPDATE price SET code = lower(code);
