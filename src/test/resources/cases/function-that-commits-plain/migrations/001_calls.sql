SELECT commits();
