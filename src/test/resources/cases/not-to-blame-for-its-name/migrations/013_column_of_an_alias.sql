SELECT e.bark FROM elm e JOIN oak ON true;
