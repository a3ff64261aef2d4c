UPDATE elm SET bark = oak.a FROM oak;
