"""A policy file becomes rows and comes back the same."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.models import Criterion, PolicyVersion, Question
from criteria.policies.file.compile import compile_edition
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.export import export
from criteria.policies.stored.load import edition_of, load, version_in_force
from criteria.policies.stored.spelling import content_hash, usual
from tests.factories.policy import draft, published
from tests.factories.policy_file import QUESTIONS, group, indications, leaf, policy_file

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30


def with_criteria(criteria: dict[str, Any]) -> dict[str, Any]:
    """The parts of the small policy with other criteria in its second pathway."""
    parts = indications()
    parts["immune"]["pathways"]["again"]["criteria"] = criteria
    return {"indications": parts}


def queries_of_export(version: PolicyVersion) -> int:
    with CaptureQueriesContext(connection) as queries:
        export(version)
    return len(queries)


def test_file_comes_back_exactly() -> None:
    file = policy_file()
    assert export(load(file)) == file


def test_order_comes_back() -> None:
    file = policy_file()
    assert repr(export(load(file))) == repr(usual(file))


def test_loaded_version_is_a_draft() -> None:
    assert load(policy_file()).status == "draft"


def test_several_spellings_come_back_in_the_usual_one() -> None:
    criteria = group(
        "all",
        [
            leaf("igg", passes=">=2.50", not_older_than="1 weeks"),
            leaf("steroid", passes=["intolerance", "failure", "failure"]),
        ],
    )
    file = policy_file(**with_criteria(criteria))
    stored = export(load(file))
    assert stored == usual(file) != file
    said: Any = stored.indications["immune"].pathways["again"].criteria
    assert (said.all[0].passes, said.all[0].not_older_than) == (">= 2.5", "1 week")
    assert said.all[1].passes == ["failure", "intolerance"]


def test_spelling_changes_no_meaning() -> None:
    file = policy_file(**with_criteria(leaf("igg", passes="<0400.0", not_older_than="7 days")))
    assert compile_edition(usual(file)) == compile_edition(file)


def test_two_editions_do_not_mix() -> None:
    one, two = load(policy_file()), load(policy_file(number="2", diseases={}))
    assert export(one) == policy_file()
    assert export(two) == policy_file(number="2", diseases={})


def test_export_takes_few_queries_whatever_the_size() -> None:
    small = load(policy_file(number="small"))
    members = [leaf("stated", passes=True, key=f"k{i}") for i in range(200)]
    large = load(policy_file(number="large", **with_criteria(group("any", members))))
    assert queries_of_export(small) == queries_of_export(large) < MOST_QUERIES


def test_file_that_does_not_fit_together_is_refused() -> None:
    file = policy_file(**with_criteria(leaf("unheard-of", passes=True)))
    with pytest.raises(PolicyFileError, match="unheard-of"):
        load(file)
    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"ask": "How much?", "type": "number", "unit": "x" * 101}, "at most 100 characters"),
        ({"ask": "How much?", "type": "number", "unit": "g", "min": "0.00001"}, "decimal places"),
    ],
)
def test_value_that_would_not_be_kept_is_refused(question: dict[str, Any], message: str) -> None:
    with pytest.raises(PolicyFileError, match=message) as error:
        load(policy_file(questions=QUESTIONS | {"size": question}))
    assert error.value.problems[0].path[:2] == ("questions", "size")
    assert not Question.objects.exists()


def test_therapy_without_outcomes_is_refused() -> None:
    with pytest.raises(PolicyFileError, match="at least one outcome"):
        load(policy_file(**with_criteria(leaf("steroid", passes=[]))))


def test_unfinished_draft_says_where() -> None:
    version = draft()
    Criterion.objects.filter(tree__pathway__key="again").delete()
    with pytest.raises(PolicyFileError) as error:
        edition_of(version)
    path = ("indications", "immune", "pathways", "again", "criteria")
    assert path in {p.path[:5] for p in error.value.problems}


def test_edition_of_published_version_costs_no_query_when_warm() -> None:
    version = published()
    edition = edition_of(version)
    with CaptureQueriesContext(connection) as queries:
        assert edition_of(version) is edition
    assert len(queries) == 0


def test_edition_of_draft_is_read_fresh() -> None:
    version = draft()
    before = edition_of(version)
    Question.objects.filter(version=version, key="igg").update(wording="How much IgG?")
    assert before.questions["igg"].wording == "IgG level"
    assert edition_of(version).questions["igg"].wording == "How much IgG?"


def test_edition_knows_the_last_day_set_later() -> None:
    version = published()
    assert edition_of(version).effective_until is None
    version.effective_until = date(2022, 1, 1)
    version.save()
    assert edition_of(version).effective_until == date(2022, 1, 1)


def test_content_hash_ignores_the_last_day_alone() -> None:
    file = policy_file()
    assert content_hash(policy_file(effective_until="2022-10-01")) == content_hash(file)
    assert content_hash(policy_file(diseases={})) != content_hash(file)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2021, 9, 30), None),
        (date(2021, 10, 1), "one"),
        (date(2021, 12, 31), "one"),
        (date(2022, 1, 1), "two"),
        (date(2030, 1, 1), "two"),
    ],
)
def test_version_in_force(day: date, number: str | None) -> None:
    published(number="one", effective_until="2022-01-01")
    published(number="two", effective_from="2022-01-01")
    draft(number="three", effective_from="2023-01-01")
    found = version_in_force("commercial", day)
    assert (found and found.number) == number
    assert version_in_force("medicare", day) is None


AMOUNTS = st.decimals("0.0001", "9999", places=4)
NUMBERS = st.builds(
    lambda comparison, amount: leaf("igg", passes=f"{comparison} {amount}"),
    st.sampled_from(["<", "<=", "=", ">=", ">"]),
    AMOUNTS,
)
DATES = st.builds(
    lambda count, unit, of, after: leaf(
        "relapsed_on", within=f"{count} {unit}", after=after, **({"of": of} if of else {})
    ),
    st.integers(2, 400),
    st.sampled_from(["days", "weeks", "months"]),
    st.sampled_from(["", "request_date", "therapy_start", "transplanted_on"]),
    st.booleans(),
)
CHOICES = st.builds(
    lambda order, left: leaf("kind", passes=order[left:], reviewer=order[:left]),
    st.permutations(["common", "other", "unclear"]),
    st.integers(0, 3),
)
OUTCOMES = st.lists(
    st.sampled_from(["failure", "contraindication", "intolerance", "none"]), min_size=1
)
LEAVES = st.one_of(
    st.builds(lambda yes: leaf("stated", passes=yes), st.booleans()),
    NUMBERS,
    DATES,
    CHOICES,
    st.builds(lambda outcomes: leaf("steroid", passes=outcomes), OUTCOMES),
    st.just(leaf("steroid")),
    st.builds(lambda n: leaf("drugs", passes=f">= {n}"), st.integers(1, 9)),
)
TREES = st.recursive(
    LEAVES,
    lambda members: st.one_of(
        st.builds(group, st.sampled_from(["all", "any"]), st.lists(members, min_size=1)),
        st.builds(
            lambda of: {"at_least": len(of), "of": of, "title": "T", "lines": "1"},
            st.lists(members, min_size=1),
        ),
        st.builds(
            lambda when, then: {"when": when, "then": then, "title": "T", "lines": "1"},
            members,
            members,
        ),
    ),
    max_leaves=8,
)


def with_keys(tree: Any, number: list[int]) -> Any:
    """Every node with a key of its own."""
    if isinstance(tree, list):
        return [with_keys(part, number) for part in tree]
    if isinstance(tree, dict) and "title" in tree:
        number[0] += 1
        key = f"k{number[0]}"
        return {name: with_keys(part, number) for name, part in tree.items()} | {"key": key}
    return tree


@given(tree=TREES, factor=AMOUNTS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_tree_comes_back(tree: dict[str, Any], factor: Decimal) -> None:
    questions = QUESTIONS | {"igg": QUESTIONS["igg"] | {"other_units": {"g/L": factor}}}
    parts = with_criteria(with_keys(tree, [0])) | {"questions": questions}
    file = policy_file(number=f"n{PolicyVersion.objects.count()}", **parts)
    version = load(file)
    assert export(version) == usual(file)
    assert edition_of(version) == compile_edition(file)
