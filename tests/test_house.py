"""The house: which room may know which, and that every name means one thing."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent

# A class that Django finds by this name.
SHARED_NAMES = {"Command"}


def classes() -> Iterator[tuple[str, str]]:
    """Every class of the project outside its migrations, with its file."""
    for path in sorted((ROOT / "criteria").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                yield node.name, path.relative_to(ROOT).as_posix()


def test_rooms_know_only_what_stands_below_them() -> None:
    """The contracts stand in pyproject.toml: rooms, circles, screens, plain Python."""
    told = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert told == EXIT_STATUS_SUCCESS


def test_no_two_classes_share_a_name() -> None:
    counts = Counter(name for name, _ in classes())
    twice = {name for name, count in counts.items() if count > 1} - SHARED_NAMES
    assert not [(name, path) for name, path in classes() if name in twice]


def test_imports_are_absolute() -> None:
    relative = [
        path.relative_to(ROOT).as_posix()
        for folder in ("criteria", "ivigportal", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative
