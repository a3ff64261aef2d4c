CREATE EXTENSION nosuch_kit;
CREATE TYPE mood AS (a int, b text);
ALTER TYPE mood OWNER TO clerk;
CREATE TABLE pet (id int, name text, grade int);
ALTER TABLE pet OWNER TO clerk;
CREATE SEQUENCE pet_number;
ALTER SEQUENCE pet_number OWNER TO clerk;
CREATE FUNCTION same(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = $2';
ALTER FUNCTION same(int, int) OWNER TO clerk;
CREATE FUNCTION mood_cmp(mood, mood) RETURNS int LANGUAGE sql AS 'SELECT 0';
ALTER FUNCTION mood_cmp(mood, mood) OWNER TO clerk;
CREATE TEXT SEARCH DICTIONARY plain_words (TEMPLATE = simple);
ALTER TEXT SEARCH DICTIONARY plain_words OWNER TO clerk;
CREATE TEXT SEARCH CONFIGURATION notes (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION notes OWNER TO clerk;
CREATE OPERATOR public.=== (FUNCTION = public.same, LEFTARG = integer, RIGHTARG = integer, RESTRICT = nosuch_sel);
CREATE CAST (public.mood AS nosuch_type) WITH INOUT;
CREATE CAST (public.mood AS integer) WITH FUNCTION nosuch_number(public.mood);
CREATE OPERATOR CLASS public.mood_ops FOR TYPE public.mood USING btree AS
  OPERATOR 1 public.<~ (public.mood, public.mood), FUNCTION 1 public.mood_cmp(public.mood, public.mood);
ALTER TEXT SEARCH CONFIGURATION public.notes ALTER MAPPING FOR asciiword WITH public.plain_words, nosuch_words;
CREATE STATISTICS public.pet_stat ON nosuch_grade(grade), name FROM public.pet;
CREATE TABLE public.holder (spot int, pet public.pet, mood public.mood, number int DEFAULT nextval('public.pet_number'::regclass))
  INHERITS (public.nosuch_base);
