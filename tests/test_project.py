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
    "criteria.admin",
    "criteria.csvfile",
    "criteria.demo",
    "criteria.wizard",
    "criteria.review",
    "criteria.figures",
    "criteria.impact",
    "criteria.letters",
    "criteria.library",
    "criteria.packet",
    "criteria.preview",
    "criteria.verify",
    "criteria.management",
    "criteria.urls",
}

# Libraries that compute and touch nothing: no files, no clock, no Django.
PURE_LIBRARIES = {"dateutil"}

# What plain Python may import of this project, beside the standard library.
PLAIN_PYTHON = {
    RULES: {RULES},
    DOSING: {DOSING},
    "criteria.clocks": set(),
    # The child processes that open what strangers sent read it before they are confined.
    "criteria.confined": set(),
    "criteria.enclosures.child": {"criteria.confined", "criteria.enclosures"},
    "criteria.edition": {RULES, DOSING, "criteria.edition"},
    "criteria.ages": set(),
    "criteria.case": {RULES, DOSING, "criteria.edition", "criteria.ages"},
    "criteria.productnames": {RULES, "criteria.edition"},
    "criteria.codebook": set(),
    "criteria.codelist": {RULES, "criteria.edition", "criteria.codebook"},
    "criteria.icd10.written": set(),
    "criteria.codes": {
        RULES,
        "criteria.edition",
        "criteria.case",
        "criteria.codebook",
        "criteria.codelist",
    },
    "criteria.contradictions": {RULES, "criteria.edition", "criteria.case"},
    "criteria.remarks": {
        RULES,
        DOSING,
        "criteria.edition",
        "criteria.case",
        "criteria.codebook",
        "criteria.codes",
        "criteria.contradictions",
        "criteria.productnames",
    },
    "criteria.disagreements": {
        RULES,
        DOSING,
        "criteria.edition",
        "criteria.case",
        "criteria.codebook",
        "criteria.codelist",
        "criteria.disagreements",
    },
    "criteria.difference": {RULES, DOSING, "criteria.edition", "criteria.difference"},
    "criteria.renewal": {RULES, DOSING, "criteria.renewal"},
    "criteria.assessment": {
        RULES,
        DOSING,
        "criteria.edition",
        "criteria.case",
        "criteria.codebook",
        "criteria.codes",
        "criteria.contradictions",
        "criteria.remarks",
        "criteria.disagreements",
    },
    "criteria.comparison": {
        RULES,
        DOSING,
        "criteria.edition",
        "criteria.case",
        "criteria.codebook",
        "criteria.codelist",
        "criteria.codes",
        "criteria.contradictions",
        "criteria.remarks",
        "criteria.assessment",
        "criteria.comparison",
    },
}

# What the layers above it must not know.
MUST_NOT_KNOW = {
    "criteria.models": SHOWING
    | {"criteria.enclosures", "criteria.icd10", "criteria.policyfile", "criteria.actions"},
    "criteria.icd10": SHOWING | {"criteria.policyfile", "criteria.actions"},
    "criteria.enclosures": SHOWING | {"criteria.policyfile", "criteria.actions"},
    "criteria.policyfile": SHOWING,
    "criteria.permissions": SHOWING,
    "criteria.viewed": SHOWING | {"criteria.actions"},
    "criteria.viewed_gates": SHOWING | {"criteria.actions"},
    "criteria.viewed_asked": SHOWING | {"criteria.actions"},
    "criteria.grounds": SHOWING | {"criteria.actions"},
    "criteria.gaps": SHOWING | {"criteria.actions"},
    "criteria.actions": SHOWING,
    "criteria.requestdata": SHOWING | {"criteria.models", "criteria.actions"},
    # What is printed is the same whoever asks for it.
    "criteria.letters": SHOWING - {"criteria.letters", "criteria.packet", "criteria.wizard"},
    # Only reads: whoever looks at figures or checks a file changes nothing.
    "criteria.figures": SHOWING - {"criteria.figures", "criteria.csvfile"} | {"criteria.actions"},
    "criteria.verify": SHOWING - {"criteria.verify", "criteria.packet"} | {"criteria.actions"},
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
