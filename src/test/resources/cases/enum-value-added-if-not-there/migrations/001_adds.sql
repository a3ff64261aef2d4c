ALTER TYPE mood ADD VALUE 'bright';
