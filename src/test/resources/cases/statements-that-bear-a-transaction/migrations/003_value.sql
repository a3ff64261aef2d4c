ALTER TYPE mood ADD VALUE 'great';
ALTER TYPE mood ADD VALUE 'fine';
