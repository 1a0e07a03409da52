"""What the table says of a code."""

from typing import Any

import pytest

from criteria.policies.codes.lookup import describe, describe_all, release
from tests.factories.icd10 import RELEASE, load_small_table

pytestmark = pytest.mark.django_db


def test_billable_code() -> None:
    load_small_table()
    found = describe("G61.81")
    assert found is not None
    assert found.description == "Chronic inflammatory demyelinating polyneuritis"
    assert found.billable and found.children == ()


@pytest.mark.parametrize(
    "code,children",
    [
        ("G35", ("G35.A", "G35.B0", "G35.B1", "G35.D")),
        ("G61.8", ("G61.81", "G61.82", "G61.89")),
        ("M31.1", ("M31.10", "M31.11", "M31.19")),
        ("D59.1", ("D59.10", "D59.11", "D59.12", "D59.13", "D59.19")),
        ("Z29.8", ("Z29.81", "Z29.89")),
        ("S52.52", ("S52.521A", "S52.521D")),
    ],
)
def test_heading_names_the_billable_codes_below_it(code: str, children: tuple[str, ...]) -> None:
    load_small_table()
    found = describe(code)
    assert found is not None
    assert (found.billable, found.children) == (False, children)


@pytest.mark.parametrize("code", ["G61.99", "", "g61.81", "%", "G61.8%", "X" * 200])
def test_unknown_code(code: str) -> None:
    load_small_table()
    assert describe(code) is None


def test_empty_table_knows_nothing() -> None:
    assert describe("G61.81") is None
    assert release() == ""


def test_release_that_is_loaded() -> None:
    load_small_table()
    assert release() == RELEASE


def test_many_codes_cost_two_queries(django_assert_num_queries: Any) -> None:
    load_small_table()
    with django_assert_num_queries(1):
        assert set(describe_all(["G61.81", "B20", "G61.99"])) == {"G61.81", "B20"}
    with django_assert_num_queries(2):
        found = describe_all(["G61.8", "G35", "B20"])
    assert found["G61.8"].children == ("G61.81", "G61.82", "G61.89")
    assert found["G35"].children == ("G35.A", "G35.B0", "G35.B1", "G35.D")
    with django_assert_num_queries(0):
        assert describe_all([]) == {}
