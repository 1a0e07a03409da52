"""A YAML document as plain data, with the line every part stands on.

Numbers stay exact (Decimal, never float), keys stay as they are written, and nothing but text,
numbers, yes and no, days, lists and mappings is accepted.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from criteria.policies.file.problem import FileProblem, Path

# A policy file is some 20,000 parts, 20 deep. More is a mistake, or aliases made to grow.
MOST_PARTS = 500_000
DEEPEST = 60
# The composer of the library calls itself for every level, and ends the process at some 10,000.
SAFE_DEPTH = 500
# A number that fills the memory when it is written out: 1e999999999.
_ENDLESS = re.compile(r"[-+]?[\d_.]+e[-+]?\d{3,}", re.IGNORECASE)

_TRUE = {"yes", "true", "on"}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"


@dataclass
class PolicyDocument:
    """The data of a file, the line of every path in it, and what could not be read."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line a part stands on; of the nearest part above it when it is not there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_document(text: str) -> PolicyDocument:
    """Read a YAML text; what is wrong with it is in ``problems``."""
    document = PolicyDocument()
    try:
        deep = _too_deep(text)
        root = None if deep else yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        document.problems.append(_broken(error, text))
        return document
    if deep:
        document.problems.append(
            FileProblem((), f"expected parts at most {DEEPEST} deep", line=deep)
        )
        return document
    if root is None:
        document.problems.append(
            FileProblem((), "expected a policy file, got an empty one", line=1)
        )
        return document
    try:
        document.data = _DocumentReader(document).part(root, ())
    except _TooManyPartsError:
        document.problems.append(FileProblem((), f"expected at most {MOST_PARTS} parts", line=1))
    return document


def _too_deep(text: str) -> int:
    """The line on which a text is nested too deep to be composed; 0 if it nowhere is."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > SAFE_DEPTH and event.start_mark is not None:
            return event.start_mark.line + 1
    return 0


class _TooManyPartsError(Exception):
    """A document that grows beyond what a policy can hold."""


class _DocumentReader:
    """Turns the nodes of a document into data and notes their lines."""

    def __init__(self, document: PolicyDocument) -> None:
        self.document = document
        self.above: list[yaml.Node] = []
        self.count = 0

    def part(self, node: yaml.Node, path: Path) -> object:
        """One part and everything in it; None with a problem when it cannot be read."""
        line = node.start_mark.line + 1
        self.document.lines.setdefault(path, line)
        refusal = self._refusal(node)
        if refusal:
            self._problem(path, line, refusal)
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        self.above.append(node)
        data = (
            self._mapping(node, path)
            if isinstance(node, yaml.MappingNode)
            else self._list(node, path)
        )
        self.above.pop()
        return data

    def _list(self, node: yaml.Node, path: Path) -> list[Any]:
        return [self.part(item, (*path, i)) for i, item in enumerate(node.value)]

    def _refusal(self, node: yaml.Node) -> str:
        self.count += 1
        if self.count > MOST_PARTS:
            raise _TooManyPartsError
        if any(node is each for each in self.above):
            return "a cycle: this alias stands inside the part it points to"
        if len(self.above) >= DEEPEST:
            return f"expected parts at most {DEEPEST} deep"
        return ""

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(path, line, "expected a key, got a list or a mapping")
                continue
            key = key_node.value
            below = (*path, key)
            if key in data:
                first = self.document.lines[below]
                self._problem(below, line, f"the key {key!r} is given twice, first on line {first}")
                continue
            self.document.lines[below] = line
            data[key] = self.part(value_node, below)
        return data

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> object:
        convert = _SCALARS.get(node.tag.removeprefix(_TAG))
        line = node.start_mark.line + 1
        if convert is None:
            self._problem(path, line, f"expected text, a number, yes, no or a day, got {node.tag}")
            return None
        if _ENDLESS.fullmatch(node.value):
            self._problem(path, line, "expected a number that can be written out")
            return None
        return convert(node.value)

    def _problem(self, path: Path, line: int, message: str) -> None:
        self.document.problems.append(FileProblem(path, message, line=line))


def _number(words: str) -> Decimal | str:
    """A number exactly as written; one only YAML takes for a number (1:30, .inf) stays text."""
    try:
        number = Decimal(words)
    except InvalidOperation:
        return words
    return number if number.is_finite() else words


def _whole(words: str) -> int | str:
    try:
        return int(words)
    except ValueError:
        return words


def _day(words: str) -> date | str:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return words


_SCALARS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "null": lambda words: None,
    "bool": lambda words: words.lower() in _TRUE,
    "int": _whole,
    "float": _number,
    "timestamp": _day,
    "value": str,
    "merge": str,
}


def _broken(error: yaml.YAMLError, text: str) -> FileProblem:
    """A text that is no YAML: the line where reading stopped, and the reader's own words."""
    if not isinstance(error, yaml.MarkedYAMLError):
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        return FileProblem((), f"broken YAML: {getattr(error, 'reason', error)}", line=line)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    words = ": ".join(part for part in (error.context, error.problem) if part)
    if "".join(text.split("\n")[line : line + 1])[column:].startswith("\t"):
        words = "expected spaces, got a tab"
    return FileProblem((), f"broken YAML: {words}", line=line + 1)
