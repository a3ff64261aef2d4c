SELECT 1 FROM pet WHERE id === 2;
