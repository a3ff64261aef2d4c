SELECT scratch();
