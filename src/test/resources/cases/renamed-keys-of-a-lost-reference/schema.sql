GRANT CREATE ON SCHEMA public TO PUBLIC;
CREATE SCHEMA yard;
CREATE TABLE public.crop (id int PRIMARY KEY, code text CONSTRAINT crop_code UNIQUE, name text CONSTRAINT crop_name UNIQUE);
CREATE TABLE public.field (id int CONSTRAINT field_id PRIMARY KEY, size int);
CREATE TABLE yard.tool (id int CONSTRAINT tool_id PRIMARY KEY, name text CONSTRAINT tool_name UNIQUE);
CREATE TABLE public.sold (code text REFERENCES public.crop (code), field int REFERENCES public.field,
  tool int REFERENCES yard.tool (id)) INHERITS (nosuch.base);
