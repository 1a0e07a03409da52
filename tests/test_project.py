"""The project's own rules, read from its source."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

RULES, DOSING = "criteria.rules", "criteria.dosing"
SHOWING = {
    "criteria.screens.admin",
    "criteria.papers.csvfile",
    "criteria.demo",
    "criteria.screens.wizard",
    "criteria.screens.review",
    "criteria.screens.figures",
    "criteria.requests.impact",
    "criteria.papers.letters",
    "criteria.screens.library",
    "criteria.papers.packet",
    "criteria.screens.preview",
    "criteria.papers.verify",
    "criteria.management",
    "criteria.urls",
}

# Libraries that compute and touch nothing: no files, no clock, no Django.
PURE_LIBRARIES = {"dateutil"}

# What plain Python may import of this project, beside the standard library.
PLAIN_PYTHON = {
    RULES: {RULES},
    DOSING: {DOSING},
    "criteria.requests.turnaround": set(),
    # The child processes that open what strangers sent read it before they are confined.
    "criteria.requests.enclosures.confined": set(),
    "criteria.requests.enclosures.child": {
        "criteria.requests.enclosures.confined",
        "criteria.requests.enclosures",
    },
    "criteria.policies.edition": {RULES, DOSING, "criteria.policies.edition"},
    "criteria.requests.ages": set(),
    "criteria.requests.case": {
        RULES,
        DOSING,
        "criteria.policies.edition",
        "criteria.requests.ages",
    },
    "criteria.policies.product_names": {RULES, "criteria.policies.edition"},
    "criteria.policies.codes.codebook": set(),
    "criteria.policies.codes.code_list": {
        RULES,
        "criteria.policies.edition",
        "criteria.policies.codes.codebook",
    },
    "criteria.policies.codes.spelling": set(),
    "criteria.requests.assessment.codes": {
        RULES,
        "criteria.policies.edition",
        "criteria.requests.case",
        "criteria.policies.codes.codebook",
        "criteria.policies.codes.code_list",
    },
    "criteria.requests.assessment.contradictions": {
        RULES,
        "criteria.policies.edition",
        "criteria.requests.case",
    },
    "criteria.requests.assessment.gates": {
        RULES,
        DOSING,
        "criteria.policies.edition",
        "criteria.requests.case",
        "criteria.policies.codes.codebook",
        "criteria.requests.assessment.codes",
        "criteria.requests.assessment.contradictions",
        "criteria.policies.product_names",
    },
    "criteria.requests.assessment.disagreements": {
        RULES,
        DOSING,
        "criteria.policies.edition",
        "criteria.requests.case",
        "criteria.policies.codes.codebook",
        "criteria.policies.codes.code_list",
        "criteria.requests.assessment.disagreements",
    },
    "criteria.policies.difference": {
        RULES,
        DOSING,
        "criteria.policies.edition",
        "criteria.policies.difference",
    },
    "criteria.requests.renewal": {RULES, DOSING, "criteria.requests.renewal"},
    "criteria.requests.assessment.assess": {
        RULES,
        DOSING,
        "criteria.policies.edition",
        "criteria.requests.case",
        "criteria.policies.codes.codebook",
        "criteria.requests.assessment.codes",
        "criteria.requests.assessment.contradictions",
        "criteria.requests.assessment.gates",
        "criteria.requests.assessment.disagreements",
    },
    "criteria.requests.comparison": {
        RULES,
        DOSING,
        "criteria.policies.edition",
        "criteria.requests.case",
        "criteria.policies.codes.codebook",
        "criteria.policies.codes.code_list",
        "criteria.requests.assessment.codes",
        "criteria.requests.assessment.contradictions",
        "criteria.requests.assessment.gates",
        "criteria.requests.assessment.assess",
        "criteria.requests.comparison",
    },
}

# What the layers above it must not know.
MUST_NOT_KNOW = {
    "criteria.models": SHOWING
    | {
        "criteria.requests.enclosures",
        "criteria.policies.codes",
        "criteria.policies.file",
        "criteria.actions",
    },
    "criteria.policies.codes": SHOWING | {"criteria.policies.file", "criteria.actions"},
    "criteria.requests.enclosures": SHOWING | {"criteria.policies.file", "criteria.actions"},
    "criteria.policies.file": SHOWING,
    "criteria.accounts.permissions": SHOWING,
    "criteria.requests.dispositions.criterion_views": SHOWING | {"criteria.actions"},
    "criteria.requests.dispositions.gates": SHOWING | {"criteria.actions"},
    "criteria.requests.dispositions.asked": SHOWING | {"criteria.actions"},
    "criteria.requests.dispositions.grounds": SHOWING | {"criteria.actions"},
    "criteria.requests.dispositions.gaps": SHOWING | {"criteria.actions"},
    "criteria.actions": SHOWING,
    "criteria.requests.content": SHOWING | {"criteria.models", "criteria.actions"},
    # What is printed is the same whoever asks for it.
    "criteria.papers.letters": SHOWING
    - {"criteria.papers.letters", "criteria.papers.packet", "criteria.screens.wizard"},
    # Only reads: whoever looks at figures or checks a file changes nothing.
    "criteria.screens.figures": SHOWING - {"criteria.screens.figures", "criteria.papers.csvfile"}
    | {"criteria.actions"},
    "criteria.papers.verify": SHOWING - {"criteria.papers.verify", "criteria.papers.packet"}
    | {"criteria.actions"},
}

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


def is_within(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def sources(package: str) -> list[Path]:
    path = ROOT / package.replace(".", "/")
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from imported_from(node)


def imported_from(node: ast.ImportFrom) -> Iterator[str]:
    """`from criteria import models` names a module; `from criteria.models import X` does not."""
    assert node.level == 0, "relative import"
    if node.module == "criteria":
        yield from (f"criteria.{alias.name}" for alias in node.names)
    else:
        yield node.module or ""


def imports_of(package: str) -> set[tuple[str, str]]:
    return {
        (path.relative_to(ROOT).as_posix(), module)
        for path in sources(package)
        if path.exists()
        for module in imports(path)
    }


def project_text() -> Iterator[Path]:
    for name in TOP_LEVEL:
        top = ROOT / name
        yield from [top] if top.is_file() else top.rglob("*")


@pytest.mark.parametrize("package", PLAIN_PYTHON)
def test_plain_python_imports_only_what_is_below_it(package: str) -> None:
    wrong = {
        (path, module)
        for path, module in imports_of(package)
        if not is_within(module, PLAIN_PYTHON[package])
        and module.split(".")[0] not in sys.stdlib_module_names | PURE_LIBRARIES
    }
    assert not wrong


@pytest.mark.parametrize("package", MUST_NOT_KNOW)
def test_lower_layer_does_not_know_a_higher_one(package: str) -> None:
    wrong = {
        (path, module)
        for path, module in imports_of(package)
        if is_within(module, MUST_NOT_KNOW[package])
    }
    assert not wrong


def test_project_names_no_machine() -> None:
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in project_text()
        if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts
        for text in [path.read_text(errors="replace")]
        if MACHINE_PATH.search(text)
    ]
    assert not wrong
