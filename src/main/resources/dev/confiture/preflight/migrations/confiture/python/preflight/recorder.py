"""Executes one migration file as confiture would, and tells the SQL that it would send."""

import errno
import os
import socket
import sys
import types

import preflight
from confiture.core.preconditions import Precondition
from confiture.models.migration import Migration
from preflight.source import Source

# Refusals of this sandbox: outside of it the same call may well succeed.
_REFUSED = frozenset([errno.EACCES, errno.EPERM, errno.EROFS, errno.EFBIG])

_HOOKS = ["before_validation", "before_ddl", "after_ddl", "after_validation", "cleanup", "error"]


def run(channel, path, source, *files):
    """Executes a file; names and contents of files that it may read follow its own."""
    path = path.decode("utf-8")
    name = os.path.basename(path)[: -len(".py")]
    named = {files[i].decode("utf-8"): files[i + 1] for i in range(0, len(files), 2)}
    recording = preflight.Recording(channel, path, named)
    preflight.begin(recording)
    _watch_environment(recording)
    try:
        module = _load(name, path, source)
        chosen = _migration_class(module, name)
        recording.know(Source(source), chosen.__name__)
        migration = chosen(connection=_Connection())
        _tell_class(recording, migration)
        migration.up()
        recording.done()
    except preflight.Unverifiable:
        pass  # Told when it was raised.
    except _Refused as refused:
        recording.failed(str(refused), refused.line, 0)
    except SyntaxError as wrong:
        if wrong.filename == path:
            # A newer Python may know more.
            words = "%s: %s (Python %d.%d)" % (
                (type(wrong).__name__, wrong.msg) + sys.version_info[:2]
            )
            recording.failed(words, wrong.lineno or 1, wrong.offset or 0)
        else:
            _tell(recording, wrong)
    except BaseException as raised:
        _tell(recording, raised)


class _Refused(Exception):
    """What confiture itself says to a file."""

    def __init__(self, message, line=1):
        super().__init__(message)
        self.line = line


class _Connection:
    """What a migration is constructed with."""

    def __getattr__(self, name):
        raise preflight.unverifiable("the file needs a live connection: it uses the connection")


def _load(name, path, source):
    module = types.ModuleType(name)
    module.__file__ = path
    # As in confiture: what defines a class must be findable by its name.
    sys.modules[name] = module
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
    return module


def _migration_class(module, name):
    """The first subclass in the order of names, which an imported one may be too."""
    for attribute in dir(module):
        value = getattr(module, attribute)
        if isinstance(value, type) and issubclass(value, Migration) and value is not Migration:
            return value
    raise _Refused("No Migration subclass found in %s" % name)


def _tell_class(recording, migration):
    recording.tell(
        "class",
        migration.version,
        migration.name,
        int(bool(getattr(migration, "transactional", True))),
        recording.line(),
    )
    conditions = list(migration.up_preconditions or [])
    lines = recording.lines_of("up_preconditions", len(conditions))
    for condition, line in zip(conditions, lines):
        kind = type(condition)
        known = isinstance(condition, Precondition) and kind.__module__ == Precondition.__module__
        fields = [_argument(*field) for field in vars(condition).items()] if known else []
        recording.tell("precondition", kind.__name__, line, *fields)
    hooks = [name for name in _HOOKS if getattr(migration, name + "_hooks", None)]
    if hooks:
        recording.tell("hooks", *hooks)


def _argument(name, value):
    kinds = {str: "text", int: "number", type(None): "nothing", list: "list", tuple: "list"}
    kind = kinds.get(type(value), "other")
    shown = len(value) if kind == "list" else value
    return "%s\n%s\n%s" % (name, kind, shown)


def _watch_environment(recording):
    """Tells what the file asks of an environment that is empty here."""
    asked = set()

    class Watched(type(os.environ)):
        def __getitem__(self, key):
            try:
                return super().__getitem__(key)
            except KeyError:
                line = recording.line_of_caller("os.py", "_collections_abc.py")
                if line and key not in asked:
                    asked.add(key)
                    recording.tell("environment", key, line)
                raise

    os.environ.__class__ = Watched


def _tell(recording, raised):
    line = recording.line_in(raised.__traceback__)
    reason = _sandbox_reason(raised)
    if reason:
        recording.unverifiable(reason, line)
    else:
        recording.failed(_words(raised), line, 0)


def _words(raised):
    text = str(raised)
    kind = type(raised).__name__
    return "%s: %s" % (kind, text.replace(" (unknown location)", "")) if text else kind


def _sandbox_reason(raised):
    """Why this sandbox cannot tell whether it would have been raised in a deployment."""
    words = _words(raised)
    if isinstance(raised, ModuleNotFoundError):
        return "the file imports the module %s, which the rehearsal does not have" % raised.name
    package = (getattr(raised, "name", "") or "").partition(".")
    if isinstance(raised, ImportError) and package[0] in ("confiture", "psycopg") and package[2]:
        return "the rehearsal has only a part of that module: " + words
    if isinstance(raised, KeyError) and _raised_in(raised, "os.py"):
        return "the file needs the environment variable %s, and the rehearsal hands none down" % (
            raised.args[0]
        )
    if isinstance(raised, BlockingIOError) or "can't start new thread" in words:
        return "the file starts a process or a thread, which the rehearsal does not let it do"
    if isinstance(raised, (ConnectionError, TimeoutError, socket.gaierror)):
        return "the file reaches for the network: " + words
    if isinstance(raised, MemoryError):
        return "the file needs more memory than the rehearsal gives it"
    if isinstance(raised, OSError) and raised.errno in _REFUSED:
        return "the rehearsal runs it as a user who may not do that: " + words
    return ""


def _raised_in(raised, file):
    trace = raised.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace and os.path.basename(trace.tb_frame.f_code.co_filename) in (file, "<frozen os>")
