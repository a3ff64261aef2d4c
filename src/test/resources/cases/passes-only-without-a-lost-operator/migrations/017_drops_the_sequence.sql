DROP SEQUENCE pet_number;
