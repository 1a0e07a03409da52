"""The rules of a product's labels in a policy file: mistakes are placed, rows say what it says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.models import ProductLabel
from criteria.policies.file.compile import PolicyFileError, compile_edition
from criteria.policies.file.yamlfile import dump_policy_file, read_policy_file
from criteria.policies.stored.export import export
from criteria.policies.stored.load import edition_of
from tests.factories.policy import draft
from tests.factories.policy_file import PRODUCTS, indications, policy_file


def problems(**parts: Any) -> list[str]:
    with pytest.raises(PolicyFileError) as caught:
        compile_edition(policy_file(**parts))
    return [f"{'.'.join(map(str, p.path))}: {p.message}" for p in caught.value.problems]


def with_label(**fields: Any) -> dict[str, Any]:
    """The small policy's newer label, with other fields."""
    first, newer = PRODUCTS["alpha"]["labels"]
    return {**PRODUCTS, "alpha": {**PRODUCTS["alpha"], "labels": [first, {**newer, **fields}]}}


def test_label_of_a_day() -> None:
    alpha = compile_edition(policy_file()).products["alpha"]
    old, new = alpha.label_on(date(2021, 12, 31)), alpha.label_on(date(2022, 1, 1))
    assert old is not None and new is not None
    assert (old.iv_to_sc_factor, new.iv_to_sc_factor) == (Decimal("1.53"), Decimal("1.37"))
    assert (old.confirmed, new.confirmed, new.ramp_weeks) == (False, True, (1, 2, 4))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"last_day": "2021-12-31"}, "labels.1.first_day: expected at most last_day"),
        ({"min_mg_per_kg": "201"}, "labels.1.min_mg_per_kg: expected at most max_mg_per_kg 200"),
        ({"shortest_interval_days": 15}, "shortest_interval_days: expected at most"),
        ({"max_mg_per_kg": None}, "min_mg_per_kg needs max_mg_per_kg"),
        ({"trough_ml_per_kg": None}, "trough_least_mg_per_dl needs trough_ml_per_kg"),
        ({"ramp_weeks": [1, 4, 2]}, "labels.1.ramp_weeks: expected each week later"),
        ({"ramp_weeks": [1, 1]}, "labels.1.ramp_weeks: expected each week later"),
        ({"first_day": None}, "labels.1: its days run into those of label 1"),
        ({"first_day": "2021-12-31"}, "labels.1: its days run into those of label 1"),
    ],
)
def test_mistake_is_placed(fields: dict[str, Any], said: str) -> None:
    found = problems(products=with_label(**fields))
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    "fields",
    [
        {"source": ""},
        {"iv_to_sc_factor": "0"},
        {"iv_to_sc_factor": "-1.37"},
        {"trough_ml_per_kg": "much"},
        {"days_after_iv": 0},
        {"ramp_weeks": [0]},
        {"factor": "1.37"},
    ],
)
def test_what_is_no_figure_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="labels"):
        policy_file(products=with_label(**fields))


def test_label_is_of_a_subcutaneous_product() -> None:
    beta = {**PRODUCTS["beta"], "labels": [{"source": "A label"}]}
    found = problems(products={**PRODUCTS, "beta": beta})
    assert any("expected only for a product with the route SC" in problem for problem in found)


def test_label_measures_only_beside_limits_for_the_vein() -> None:
    for route in (False, None):
        immune = indications()["immune"]
        immune["pathways"]["initial"] |= {"dose_iv_only": route}
        found = problems(indications={**indications(), "immune": immune})
        assert any("expected dose_iv_only yes" in problem for problem in found), route


def test_yaml_round_trip() -> None:
    file = policy_file()
    text = dump_policy_file(file)
    assert read_policy_file(text, "again.yaml") == file
    assert "dose_label_lines: 20\n" in text and "ramp_weeks: [1, 2, 4]\n" in text


@pytest.mark.django_db
def test_rows_say_what_the_file_says() -> None:
    version = draft()
    assert ProductLabel.objects.count() == 2
    file = export(version)
    assert file.products["alpha"].labels == policy_file().products["alpha"].labels
    stored, compiled = edition_of(version), compile_edition(policy_file())
    assert stored.products["alpha"].labels == compiled.products["alpha"].labels
    pathways = (e.indications["immune"].pathways[0] for e in (stored, compiled))
    assert [pathway.dose.label_lines for pathway in pathways] == ["20", "20"]
