LOAD 'shop';
