"""Runs a program that is handed in on standard input, where it can do little harm.

Standard input brings lines, each a word and fields in base64: the token, the limits, the modules,
the arguments, and "run". After that it stays open: its end means that whoever started this
process is gone. Standard output is the channel on which the program reports, a line a record,
each behind the token; what the program prints goes to standard error.
"""

import base64
import importlib.machinery
import os
import resource
import signal
import sys
import threading


# An empty field, or two blanks would stand beside each other.
_NOTHING = "-"


class Shelf:
    """Modules in memory, which win over installed ones."""

    def __init__(self):
        self._modules = {}

    def put(self, name, package, text):
        self._modules[name] = (package, text)

    def __contains__(self, name):
        return name in self._modules

    def find_spec(self, name, path=None, target=None):
        if name not in self._modules:
            return None
        package, _ = self._modules[name]
        return importlib.machinery.ModuleSpec(
            name, self, origin="<%s>" % name, is_package=package
        )

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        _, text = self._modules[module.__name__]
        exec(compile(text, module.__spec__.origin, "exec"), module.__dict__)


class Channel:
    """Where the program reports. Only this process may, and only until it has said the last."""

    def __init__(self, descriptor, token):
        self._descriptor = descriptor
        self._token = token
        self._process = os.getpid()
        self._open = True
        self._lock = threading.Lock()

    def send(self, word, *fields):
        line = " ".join([self._token, word] + [_field(field) for field in fields]) + "\n"
        left = line.encode("ascii")
        with self._lock:
            while left and self._open and os.getpid() == self._process:
                left = left[os.write(self._descriptor, left) :]

    def end(self, word, *fields):
        self.send(word, *fields)
        self._open = False


def _field(text):
    return base64.b64encode(str(text).encode("utf-8")).decode("ascii") or _NOTHING


def _restrict(limits):
    """No file grows, nothing is started, and memory and time have an end."""
    for name, value in limits.items():
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (AttributeError, ValueError, OSError):
            pass  # This system does not have it, or has a lower one.


def _end_with_starter(descriptor):
    """Nobody writes there any more: a read returns when the other end is closed."""
    os.read(descriptor, 1)
    os.killpg(0, signal.SIGKILL)


def main():
    try:
        os.setsid()
    except PermissionError:
        pass  # It leads a group of its own already.
    lifeline = os.dup(0)
    reports = os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    shelf = Shelf()
    limits = {}
    arguments = []
    token = ""
    with os.fdopen(os.dup(lifeline), "rb", buffering=1 << 16) as orders:
        for order in orders:
            word, *fields = order.decode("ascii").split()
            values = [b"" if field == _NOTHING else base64.b64decode(field) for field in fields]
            if word == "run":
                break
            if word == "token":
                token = values[0].decode("ascii")
            elif word == "limit":
                limits[values[0].decode("ascii")] = int(values[1])
            elif word == "module":
                shelf.put(values[0].decode("ascii"), values[1] == b"package", values[2])
            elif word == "argument":
                arguments.append(values[0])

    threading.Thread(target=_end_with_starter, args=(lifeline,), daemon=True).start()
    sys.meta_path.insert(0, shelf)
    import preflight.recorder

    _restrict(limits)
    preflight.recorder.run(Channel(reports, token), *arguments)
    # What the program left to be done at the end of its process is not waited for.
    os._exit(0)


main()
