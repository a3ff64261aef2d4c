SELECT halves();
