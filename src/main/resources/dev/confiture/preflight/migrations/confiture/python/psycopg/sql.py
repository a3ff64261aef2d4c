"""Statements put together from parts, as psycopg.sql has them."""

import string

from preflight.parameters import literal


class Composable:
    def __init__(self, obj):
        self._obj = obj

    def as_string(self, context=None):
        raise NotImplementedError

    def as_bytes(self, context=None):
        return self.as_string(context).encode("utf-8")

    def __add__(self, other):
        return Composed([self]) + other

    def __mul__(self, times):
        return Composed([self] * times)

    def __eq__(self, other):
        return type(self) is type(other) and self._obj == other._obj

    def __hash__(self):
        return hash(self.as_string(None))

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._obj)


class Composed(Composable):
    def __init__(self, seq):
        super().__init__(
            [part if isinstance(part, Composable) else Literal(part) for part in seq]
        )

    def as_string(self, context=None):
        return "".join(part.as_string(context) for part in self._obj)

    def __iter__(self):
        return iter(self._obj)

    def __add__(self, other):
        if isinstance(other, Composed):
            return Composed(self._obj + other._obj)
        return Composed(self._obj + [other])

    def join(self, joiner):
        return (SQL(joiner) if isinstance(joiner, str) else joiner).join(self._obj)


class SQL(Composable):
    def __init__(self, obj):
        if not isinstance(obj, str):
            raise TypeError("SQL values must be strings, got %r instead" % obj)
        super().__init__(obj)

    def as_string(self, context=None):
        return self._obj

    def format(self, *args, **kwargs):
        parts = []
        number = 0
        for text, name, spec, conversion in string.Formatter().parse(self._obj):
            if spec:
                raise ValueError("no format specification supported by SQL")
            if conversion:
                raise ValueError("no format conversion supported by SQL")
            if text:
                parts.append(SQL(text))
            if name is None:
                continue
            if name == "":
                parts.append(args[number])
                number += 1
            else:
                parts.append(args[int(name)] if name.isdigit() else kwargs[name])
        return Composed(parts)

    def join(self, seq):
        parts = []
        for part in seq:
            parts.extend([self, part] if parts else [part])
        return Composed(parts)


class Identifier(Composable):
    def __init__(self, *strings):
        if not strings or not all(isinstance(each, str) for each in strings):
            raise TypeError("SQL identifiers must be strings, got %r instead" % (strings,))
        super().__init__(strings)

    def as_string(self, context=None):
        return ".".join('"%s"' % each.replace('"', '""') for each in self._obj)


class Literal(Composable):
    def as_string(self, context=None):
        return literal(self._obj)


class Placeholder(Composable):
    def __init__(self, name="", format="s"):
        super().__init__(name)
        self._format = getattr(format, "value", format)

    def as_string(self, context=None):
        return "%%(%s)%s" % (self._obj, self._format) if self._obj else "%" + self._format


NULL = SQL("NULL")
DEFAULT = SQL("DEFAULT")


def quote(obj, context=None):
    return literal(obj)
