"""Every dose rule of the policy fixtures, gathered by kind: rules of one kind differ in figures."""

from dataclasses import fields, replace
from functools import cache
from pathlib import Path

from criteria.dosing import CoursesCounted, DoseRule, Limit, Regimen
from tests.factories.shipped import load_shipped

POLICIES = Path(__file__).resolve().parents[3] / "fixtures" / "policies"
# What makes a limit another kind: which of its fields are filled, and what they are counted over.
_FIGURES = {"key", "remark", "lines", "section", "max_mg_per_kg", "condition_words"}
_SHAPE = [field.name for field in fields(Limit) if field.name not in _FIGURES]


@cache
def rules_by_kind() -> dict[str, tuple[DoseRule, ...]]:
    """The rules of every edition under fixtures, by the names of what they state."""
    found: dict[str, dict[DoseRule, None]] = {}
    for path in sorted(POLICIES.rglob("*.yaml")):
        for indication in load_shipped(path)[1].indications.values():
            for pathway in indication.pathways:
                # What a label measures is no limit: tests/dosing/test_label.py.
                rule = replace(pathway.dose, label_lines="")
                found.setdefault(_kind(rule), {})[rule] = None
                if (yearly := _by_year(rule)) != rule:
                    found.setdefault(f"{_kind(yearly)}: of a year", {})[yearly] = None
    return {kind: tuple(rules) for kind, rules in sorted(found.items())}


def _by_year(rule: DoseRule) -> DoseRule:
    """The same rule with its courses counted in any 12 months, which no edition states yet."""
    return DoseRule(
        tuple(Regimen(tuple(map(_limit_by_year, one.phases))) for one in rule.regimens),
        iv_only=rule.iv_only,
    )


def _limit_by_year(limit: Limit) -> Limit:
    is_counted = limit.courses_counted is not None
    return replace(limit, courses_counted=CoursesCounted.A_YEAR) if is_counted else limit


def _kind(rule: DoseRule) -> str:
    if not rule.limits:
        return "none stated"
    return " or ".join(
        " then ".join(_limit_kind(limit) for limit in regimen.phases) for regimen in rule.regimens
    )


def _limit_kind(limit: Limit) -> str:
    stated = [
        name for name in _SHAPE if name != "per" and getattr(limit, name) not in (None, False, "")
    ]
    return " ".join([f"a {limit.per}", *stated])
