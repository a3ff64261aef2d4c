"""The parameters of a statement as SQL literals, as the server would take them from psycopg."""

import datetime
import decimal
import enum
import re
import uuid

import preflight
from psycopg.errors import ProgrammingError

_PLACEHOLDER = re.compile(r"%(?:%|\(([^)]*)\)(.)|(.)|$)", re.DOTALL)
_FIRST_WORD = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/|\()*([A-Za-z]*)", re.DOTALL)
_TABLE_AS = re.compile(r"\btable\b.*\bas\b[\s(]*(?:select|with|values|table)\b", re.I | re.DOTALL)

# Only these take parameters (manual, PREPARE; and CALL, EXPLAIN, DECLARE).
_TAKE_PARAMETERS = frozenset(
    "select insert update delete merge values with table call explain declare".split()
)


class PlaceholderError(ProgrammingError):
    """The statement and its parameters do not fit each other, in psycopg's words."""


def interpolate(sql, parameters):
    """Puts literals where the placeholders are.

    Where the server takes no parameters its own ones ($1) are put there instead, so that it says
    itself what it thinks of them.
    """
    named = hasattr(parameters, "keys")
    if not named and (isinstance(parameters, (str, bytes)) or not hasattr(parameters, "__len__")):
        raise TypeError(
            "query parameters should be a sequence or a mapping, got %s"
            % type(parameters).__name__
        )
    takes = _FIRST_WORD.match(sql).group(1).lower() in _TAKE_PARAMETERS or _TABLE_AS.search(sql)
    out = []
    used = []
    end = 0
    for match in _PLACEHOLDER.finditer(sql):
        out.append(sql[end : match.start()])
        end = match.end()
        if match.group() == "%%":
            out.append("%")
            continue
        key = _key(match, len(used), named)
        used.append(key)
        if named and key not in parameters:
            raise PlaceholderError("query parameter missing: %s" % key)
        if not named and key >= len(parameters):
            continue  # Counted below.
        value = literal(parameters[key])
        out.append(value if takes else "$%d" % len(used))
    out.append(sql[end:])
    if not named and len(used) != len(parameters):
        raise PlaceholderError(
            "the query has %d placeholders but %d parameters were passed"
            % (len(used), len(parameters))
        )
    return "".join(out)


def _key(match, position, named):
    name, named_format, plain_format = match.groups()
    kind = plain_format if name is None else named_format
    if kind is None or match.group() == "% ":
        raise PlaceholderError(
            "incomplete placeholder: '%'; if you want to use '%' as an operator you can double it"
            " up, i.e. use '%%'"
        )
    if kind not in ("s", "b", "t"):
        raise PlaceholderError(
            "only '%%s', '%%b', '%%t' are allowed as placeholders, got '%s'" % match.group()
        )
    if named != (name is not None):
        raise TypeError(
            "the query has %s placeholders and got a %s"
            % (("positional", "mapping") if named else ("named", "sequence"))
        )
    return name if named else position


def literal(value):
    """A value as a literal of the type as which psycopg would send it."""
    if value is None:
        return "NULL"
    if hasattr(value, "preflight_literal"):
        return value.preflight_literal()
    if isinstance(value, enum.Enum):
        raise _unsupported(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        # The blank keeps "x - -1" from becoming a comment.
        return str(value) if value >= 0 else " %d" % value
    if isinstance(value, list):
        return _array(value)
    kind = _type(value)
    return quoted(_text(value)) + (kind and "::" + kind)


def quoted(text):
    """A string as a literal, whatever standard_conforming_strings says."""
    if "\0" in text:
        raise PlaceholderError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    doubled = text.replace("'", "''")
    return " E'%s'" % doubled.replace("\\", "\\\\") if "\\" in text else "'%s'" % doubled


def _type(value):
    if isinstance(value, str):
        return ""
    if isinstance(value, float):
        return "float8"
    if isinstance(value, decimal.Decimal):
        return "numeric"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "bytea"
    if isinstance(value, datetime.datetime):
        return "timestamptz" if value.tzinfo else "timestamp"
    if isinstance(value, datetime.date):
        return "date"
    if isinstance(value, datetime.time):
        return "timetz" if value.tzinfo else "time"
    if isinstance(value, datetime.timedelta):
        return "interval"
    if isinstance(value, uuid.UUID):
        return "uuid"
    raise _unsupported(value)


def _text(value):
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "\\x" + bytes(value).hex()
    if isinstance(value, datetime.timedelta):
        return "%d days %d.%06d seconds" % (value.days, value.seconds, value.microseconds)
    if isinstance(value, float):
        return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(repr(value), repr(value))
    return str(value)


def _array(values):
    """As an array literal; its type is that of its elements, none where there are none."""
    elements = [value for value in _flat(values) if value is not None]
    kinds = {_element_type(value) for value in elements}
    if len(kinds) > 1:
        raise preflight.unverifiable(
            "the file passes a list of elements of several types as a parameter"
        )
    kind = kinds.pop() if kinds else ""
    if kind == "int":
        widest = max(value if value >= 0 else -value - 1 for value in elements)
        kind = "int4" if widest < 1 << 31 else "int8" if widest < 1 << 63 else "numeric"
    return quoted(_elements(values)) + (kind and "::%s[]" % kind)


def _flat(values):
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def _element_type(value):
    if isinstance(value, enum.Enum):
        raise _unsupported(value)
    if isinstance(value, bool):
        return "bool"
    return "int" if isinstance(value, int) else _type(value) or "text"


def _elements(values):
    texts = []
    for value in values:
        if isinstance(value, list):
            texts.append(_elements(value))
        elif value is None:
            texts.append("NULL")
        elif isinstance(value, bool):
            texts.append("t" if value else "f")
        else:
            text = _text(value).replace("\\", "\\\\").replace('"', '\\"')
            texts.append('"%s"' % text)
    return "{%s}" % ",".join(texts)


def _unsupported(value):
    return preflight.unverifiable(
        "the file passes a parameter of the type %s, which the rehearsal cannot write as a literal"
        % type(value).__name__
    )
