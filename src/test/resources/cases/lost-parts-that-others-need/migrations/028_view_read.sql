SELECT * FROM named_stones;
