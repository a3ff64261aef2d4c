DROP FUNCTION shelf.slug(text);
