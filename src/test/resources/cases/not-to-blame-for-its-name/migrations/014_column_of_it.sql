SELECT o.bark FROM elm e JOIN oak o ON true;
