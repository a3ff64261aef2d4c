DROP FUNCTION mood_cmp(mood, mood);
