DO E'BEGIN\n  PERFORM 1;\n  PERFORM wight FROM parcel;\nEND';
