CREATE TABLE spans (started timestamptz NOT NULL DEFAULT now(), ended timestamptz CHECK (ended > started));
