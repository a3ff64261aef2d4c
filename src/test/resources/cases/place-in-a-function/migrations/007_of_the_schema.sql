SELECT 1,
       told_off();
