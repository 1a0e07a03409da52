"""The project's own rules, read from its source."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|workspace|mnt)/")
TOP_LEVEL = {
    "manage.py",
    "pyproject.toml",
    "ivigportal",
    "criteria",
    "templates",
    "static",
    "fixtures",
    "tests",
    "README.md",
    ".ci",
    ".constraints.txt",
    ".gitignore",
}
TEXT = {"", ".py", ".html", ".css", ".js", ".md", ".txt", ".toml", ".yaml", ".yml", ".json", ".svg"}


def project_text() -> Iterator[Path]:
    for name in TOP_LEVEL:
        top = ROOT / name
        yield from [top] if top.is_file() else top.rglob("*")


def test_project_names_no_machine() -> None:
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in project_text()
        if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts
        for text in [path.read_text(errors="replace")]
        if MACHINE_PATH.search(text)
    ]
    assert not wrong


def test_no_line_of_a_template_is_longer_than_120() -> None:
    """A change of a longer one cannot be read."""
    templates = ROOT / "templates"
    long = [
        f"{path.relative_to(templates)}:{number}"
        for path in sorted(templates.rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []
