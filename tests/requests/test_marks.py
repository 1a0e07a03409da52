"""Signs and colours of states stand in one table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import criteria
from criteria.requests import marks
from criteria.requests.marks import MARKS, StateMark
from criteria.rules import FindingState
from criteria.rules.terms import Overall

ROOT = Path(criteria.__path__[0])
TABLE = ROOT / "requests" / "marks.py"
SIGNS = {mark.sign for mark in vars(marks).values() if isinstance(mark, StateMark)} - set("–!?…")


def literals(tree: ast.AST) -> Iterator[str]:
    """Texts of a module, without what it says of itself."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_no_other_module_draws_a_sign_or_makes_a_mark() -> None:
    wrong = []
    for path in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(path.read_text())
        calls = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        signs = any(SIGNS & set(text) for text in literals(tree))
        if path != TABLE and ("StateMark" in calls or signs):
            wrong.append(path.relative_to(ROOT).as_posix())
    assert set("✓✕○◇▲➜⇄") == SIGNS
    assert wrong == []


def test_every_state_has_a_mark_on_page_and_paper() -> None:
    assert set(MARKS) == set(marks.DOSE_ON_PAPER) == set(FindingState)
    assert set(marks.OVERALL) == set(marks.OVERALL_ON_PAPER) == set(Overall)


def test_a_word_of_its_own_keeps_sign_and_colour() -> None:
    assert marks.MET.saying("done") == StateMark("✓", "done", "state-met") == marks.DONE
