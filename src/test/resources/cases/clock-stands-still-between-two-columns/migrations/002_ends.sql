UPDATE spans SET ended = now();
