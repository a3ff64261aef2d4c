SELECT line FROM output;
