"""JSON as a parameter."""

import json

from preflight.parameters import quoted


class Json:
    _type = "json"

    def __init__(self, obj, dumps=json.dumps):
        self.obj = obj
        self._dumps = dumps

    def preflight_literal(self):
        return quoted(self._dumps(self.obj)) + "::" + self._type


class Jsonb(Json):
    _type = "jsonb"
