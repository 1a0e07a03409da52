"""Contradictions in a policy file: what they refer to is there, and something leads to them."""

from typing import Any

import pytest

from criteria.models import Contradiction, PolicyVersion
from criteria.policies.file.compile import PolicyFileError, compile_edition
from criteria.policies.stored.export import export
from criteria.policies.stored.load import edition_of
from tests.factories.policy import draft
from tests.factories.policy_file import CONTRADICTIONS, QUESTIONS, leaf, policy_file


def problems(**parts: Any) -> list[str]:
    with pytest.raises(PolicyFileError) as caught:
        compile_edition(policy_file(**parts))
    return [f"{'.'.join(map(str, p.path))}: {p.message}" for p in caught.value.problems]


def changed(key: str, **fields: Any) -> dict[str, Any]:
    return {**CONTRADICTIONS, key: CONTRADICTIONS[key] | fields}


def test_small_file_is_without_a_mistake() -> None:
    edition = compile_edition(policy_file())
    assert edition.contradictions["asthma"].indications == {"asthma"}
    assert [p.key for p in edition.contradictions_of("asthma")] == ["asthma"]


@pytest.mark.parametrize(
    ("contradictions", "said"),
    [
        (changed("asthma", indications=["asthm"]), "indications.0: unknown indication 'asthm'"),
        (changed("asthma", indications=[]), "asthma: expected indications, or a criterion"),
        (changed("asthma", indications=["asthma", "asthma"]), "'asthma' is given twice"),
        (changed("unclear-kind", codes=["D80.9", "D80.9"]), "'D80.9' is given twice"),
        (changed("unclear-kind", codes=["8D"]), "codes.0: expected an ICD-10-CM code"),
        ({"asthma": CONTRADICTIONS["asthma"]}, "unknown contradiction 'unclear-kind'"),
    ],
)
def test_mistake_is_placed(contradictions: dict[str, Any], said: str) -> None:
    assert any(said in problem for problem in problems(contradictions=contradictions))


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        (leaf("steroid", contradiction="asthma"), "expected only with one of: yes_no, number"),
        (leaf("drugs", passes=">= 2", contradiction="asthma"), "not list"),
        (leaf("kind", passes=["other"], contradiction="asthma"), "expected choices left to"),
    ],
)
def test_criterion_that_cannot_meet_one(criterion: dict[str, Any], said: str) -> None:
    general = {"initial": criterion, "continuation": leaf("stated", passes=True)}
    assert any(said in problem for problem in problems(general=general))


@pytest.mark.django_db
def test_rows_say_what_the_file_says() -> None:
    version: PolicyVersion = draft()
    assert Contradiction.objects.count() == len(CONTRADICTIONS)
    file = export(version)
    assert file.contradictions == policy_file().contradictions
    assert edition_of(version).contradictions == compile_edition(policy_file()).contradictions
    assert {*QUESTIONS} == {*file.questions}
