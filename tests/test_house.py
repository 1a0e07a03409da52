"""The house: which room may know which, and that every name means one thing."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# In a process of its own: it sets up logging for itself and silences every other logger.
LINT = "from importlinter.cli import lint_imports; exit(lint_imports(no_cache=True, no_logo=True))"
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
    told = subprocess.run(
        [sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout


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
