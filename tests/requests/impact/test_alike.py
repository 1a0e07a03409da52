"""Editions that judge a request alike are not asked twice; one that differs always is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from criteria.policies.edition import Edition
from criteria.policies.file.compile import compile_edition
from criteria.requests.impact.similarity import EditionSimilarity
from criteria.rules.terms import TherapyPhase
from tests.factories.policy_file import group, leaf, policy_file


def edition(**parts: Any) -> Edition:
    return compile_edition(policy_file(**parts))


def test_number_and_dates_make_no_difference() -> None:
    old = edition()
    new = replace(old, number="NEXT", effective_from=date(2030, 1, 1), source="other")
    assert EditionSimilarity(old, new).judges(TherapyPhase.INITIAL, "immune")


@pytest.mark.parametrize("field", ["authorization_months", "codes_bind", "products", "codes"])
def test_what_every_request_rests_on_makes_one(field: str) -> None:
    old = edition()
    other: Any = {"authorization_months": 6, "codes_bind": True}.get(field, {})
    assert not EditionSimilarity(old, replace(old, **{field: other})).judges(
        TherapyPhase.INITIAL, "kawasaki"
    )


def test_general_requirements_count_for_their_phase_alone() -> None:
    old = edition()
    either = group("any", [leaf("stated", passes=True), leaf("steroid")])
    new = edition(general={"initial": leaf("stated", passes=False), "continuation": either})
    assert not EditionSimilarity(old, new).judges(TherapyPhase.INITIAL, "kawasaki")
    assert EditionSimilarity(old, new).judges(TherapyPhase.CONTINUATION, "kawasaki")
