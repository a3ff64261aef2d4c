CALL in_steps();
