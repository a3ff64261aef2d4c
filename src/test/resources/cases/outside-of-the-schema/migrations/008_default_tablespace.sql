SET default_tablespace = fast_ssd;
