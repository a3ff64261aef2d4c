ALTER TABLE hot ALTER email TYPE text COLLATE "xx_YY.utf8";
