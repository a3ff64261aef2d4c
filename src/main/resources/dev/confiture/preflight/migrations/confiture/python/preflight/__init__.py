"""What the stand-ins for confiture and psycopg share with the recorder."""

import io
import os.path
import sys


class Unverifiable(BaseException):
    """The file does what cannot be rehearsed. Not an Exception: the file must not handle it."""


class Recording:
    """What is known of one migration file, told as it becomes known."""

    def __init__(self, channel, path, files):
        self._channel = channel
        self._path = path
        self.files = files
        self._source = None
        self._fallback = 1

    def know(self, source, class_name):
        """Takes the file's text, once it is read, for where things are."""
        self._source = source
        self._fallback = source.line_of_class(class_name)

    def tell(self, word, *fields):
        self._channel.send(word, *fields)

    def executed(self, sql, with_parameters, file):
        line = self.line()
        string = 0 if file or with_parameters else self._source.line_of_string(sql, line)
        self._channel.send("sql", sql, line, string, int(with_parameters), file)

    def unverifiable(self, reason, line=0):
        """Ends the recording; gives the exception that ends the file."""
        self._channel.end("unverifiable", reason, line or self.line())
        return Unverifiable(reason)

    def failed(self, message, line, column=0):
        self._channel.end("failed", message, line, column)

    def done(self):
        self._channel.end("done")

    def lines_of(self, attribute, count):
        """The line of each element of a class attribute, or of all of it."""
        return self._source.lines_of_elements(attribute, count) or [self._fallback] * count

    def line(self):
        """The line of the file that is being executed: of its innermost frame."""
        for frame in _frames():
            if frame.f_code.co_filename == self._path:
                return frame.f_lineno
        return self._fallback

    def line_of_caller(self, *between):
        """The same where the file itself calls, through files of these names only; else 0."""
        for frame in _frames():
            file = frame.f_code.co_filename
            if file == self._path:
                return frame.f_lineno
            if os.path.basename(file) not in between and not file.startswith("<"):
                return 0
        return 0

    def line_in(self, trace):
        """The innermost line of the file in a traceback."""
        line = self._fallback
        while trace:
            if trace.tb_frame.f_code.co_filename == self._path:
                line = trace.tb_lineno
            trace = trace.tb_next
        return line


def _frames():
    frame = sys._getframe(2)
    while frame is not None:
        yield frame
        frame = frame.f_back


_current = []


def begin(recording):
    _current[:] = [recording]


def executed(sql, with_parameters, file=""):
    _current[0].executed(sql, with_parameters, file)


def read_file(path):
    """An SQL file's text: of one that was handed in, else of one that may be read."""
    given = _current[0].files.get(str(path))
    if given is None:
        with open(path, encoding="utf-8") as file:
            return file.read()
    return io.StringIO(given.decode("utf-8"), newline=None).read()


def unverifiable(reason):
    """To be raised where only a live database, or the real package, could answer."""
    return _current[0].unverifiable(reason)


def missing(module, name):
    """To be raised by a module's __getattr__ for a name that its stand-in does not have."""
    if name.startswith("__") or "%s.%s" % (module, name) in __spec__.loader:
        return AttributeError("module %r has no attribute %r" % (module, name))
    return unverifiable("the file uses %s.%s, which the rehearsal does not have" % (module, name))
