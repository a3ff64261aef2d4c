"""Where things stand in the text of a migration file."""

import ast


class Source:
    """A file that Python could read."""

    def __init__(self, text):
        nodes = list(ast.walk(ast.parse(text)))
        self._classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
        self._statements = [node for node in nodes if isinstance(node, ast.stmt)]
        self._formatted = [node.lineno for node in nodes if isinstance(node, ast.JoinedStr)]
        self._strings = [
            (node.lineno, _without_indentation(node.value))
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]

    def line_of_class(self, name):
        """Where the class says its SQL, else where it begins: for what no line of the file calls."""
        for node in self._classes:
            if node.name == name:
                sql = _assigned(node, "up_sql")
                return sql.lineno if sql else node.lineno
        return 1

    def lines_of_elements(self, attribute, count):
        """The lines of a list's elements, where a class writes one out that has so many."""
        for node in self._classes:
            value = getattr(_assigned(node, attribute), "value", None)
            if isinstance(value, (ast.List, ast.Tuple)) and len(value.elts) == count:
                return [element.lineno for element in value.elts]
        return []

    def line_of_string(self, sql, line):
        """The line of the string that was executed at a line, 0 where it was put together."""
        wanted = _without_indentation(sql)
        lines = [at for at, text in self._strings if wanted in text]
        first, last = self._statement(line)
        own = [at for at in lines if first <= at <= last]
        if own:
            return own[0]
        if any(first <= at <= last for at in self._formatted):
            return 0
        before = [at for at in lines if at < first]
        return max(before) if before else min(lines, default=0)

    def _statement(self, line):
        """The first and last line of the innermost statement at a line."""
        around = [
            (node.lineno, node.end_lineno)
            for node in self._statements
            if node.lineno <= line <= node.end_lineno
        ]
        return min(around, key=lambda lines: lines[1] - lines[0], default=(line, line))


def _assigned(node, name):
    """The statement of a class that gives an attribute its value."""
    for statement in node.body:
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        if any(getattr(target, "id", "") == name for target in targets):
            return statement
    return None


def _without_indentation(text):
    return "\n".join(line.strip() for line in text.strip().splitlines())
