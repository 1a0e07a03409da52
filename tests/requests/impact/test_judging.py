"""Stored requests judged by another edition: which change, and why, with no answer named."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.actions.impact import edition_for
from criteria.actions.policies.drafts import copy_to_draft
from criteria.actions.policies.parts import delete_part, save_part
from criteria.models import (
    AuthorizationRequest,
    Criterion,
    DosingLimit,
    Indication,
    Kind,
    Pathway,
    PolicyVersion,
    Question,
)
from criteria.requests.impact.judging import ImpactJudge
from criteria.requests.impact.touched import TouchedRequest
from tests.factories.people import paula
from tests.factories.request import cidp, saved, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(uhc_version: PolicyVersion) -> PolicyVersion:
    first = date(2030, 1, 1)
    return copy_to_draft(version=uhc_version, number="NEXT", effective_from=first, by=paula())


def judged(draft: PolicyVersion) -> list[TouchedRequest]:
    requests = list(AuthorizationRequest.objects.order_by("pk"))
    return ImpactJudge(edition_for(draft).edition)(requests)


def criterion(draft: PolicyVersion, question: str) -> Criterion:
    of = {"tree__pathway__key": "initial", "tree__pathway__indication__key": "cidp"}
    return Criterion.objects.get(version=draft, question__key=question, **of)


def change(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    save_part(part=row, by=paula())


def test_copy_changes_no_request(uhc_version: PolicyVersion, draft: PolicyVersion) -> None:
    cidp(uhc_version)
    assert judged(draft) == []


def test_stricter_threshold_changes_the_result(
    uhc_version: PolicyVersion, draft: PolicyVersion
) -> None:
    request = cidp(uhc_version)
    change(criterion(draft, "cidp_months_progressive"), threshold=4)
    (found,) = judged(draft)
    assert found == TouchedRequest(
        request.pk, "meets", "does not meet", "Progressive symptoms: met → not met"
    )


def test_another_diagnosis_is_not_touched(uhc_version: PolicyVersion, draft: PolicyVersion) -> None:
    saved(started(uhc_version), {"diagnosis": {"indication": "kawasaki"}})
    change(criterion(draft, "cidp_months_progressive"), threshold=4)
    assert judged(draft) == []


def test_criterion_that_is_no_longer_asked_is_named(
    uhc_version: PolicyVersion, draft: PolicyVersion
) -> None:
    saved(started(uhc_version), {"diagnosis": {"indication": "cidp"}})
    delete_part(part=criterion(draft, "neurologist_involved"), by=paula())
    (found,) = [t for t in judged(draft) if "→ no longer asked" in t.words]
    assert (found.before, found.after) == ("incomplete", "incomplete")


def test_new_criterion_is_named_and_leaves_the_request_open(
    uhc_version: PolicyVersion, draft: PolicyVersion
) -> None:
    cidp(uhc_version)
    asked = Question(version=draft, key="new-one", wording="Is it new?", type="yes_no")
    save_part(part=asked, by=paula())
    root = Criterion.objects.get(
        version=draft,
        parent=None,
        tree__pathway__key="initial",
        tree__pathway__indication__key="cidp",
    )
    new = Criterion(
        version=draft, tree=root.tree, parent=root, kind=Kind.QUESTION, key="new-one",
        title="A new thing", lines="1", question=asked, passes_on=True,
    )  # fmt: skip
    save_part(part=new, by=paula())
    (found,) = judged(draft)
    assert (found.before, found.after) == ("meets", "incomplete")
    assert found.words == "new: A new thing: not answered"


def test_group_that_needs_more_is_named_by_itself(
    uhc_version: PolicyVersion, draft: PolicyVersion
) -> None:
    cidp(uhc_version)
    parent = criterion(draft, "cidp_mdl_nerves").parent
    assert parent is not None
    change(parent, kind=Kind.AT_LEAST, n=2)
    (found,) = judged(draft)
    assert found.after == "incomplete"
    assert found.words == f"{parent.title}: met → not answered"


def test_smaller_limit_changes_the_dose(uhc_version: PolicyVersion, draft: PolicyVersion) -> None:
    cidp(uhc_version)
    limits = DosingLimit.objects.filter(
        version=draft, pathway__key="initial", pathway__indication__key="cidp"
    )
    for limit in limits:
        change(limit, max_mg_per_kg=100)
    (found,) = judged(draft)
    assert found.after == "does not meet"
    assert "met → not met" in found.words


def test_diagnosis_that_is_gone_is_said(uhc_version: PolicyVersion, draft: PolicyVersion) -> None:
    cidp(uhc_version)
    row = Indication.objects.get(version=draft, key="cidp")
    row.codes.clear()
    delete_part(part=row, by=paula())
    (found,) = judged(draft)
    assert (found.before, found.after) == ("meets", "")
    assert found.words == "NEXT does not name the diagnosis."


def test_criteria_that_are_gone_are_said(uhc_version: PolicyVersion, draft: PolicyVersion) -> None:
    cidp(uhc_version)
    pathway = Pathway.objects.get(version=draft, key="initial", indication__key="cidp")
    name = pathway.name
    delete_part(part=pathway, by=paula())
    (found,) = judged(draft)
    assert found.words == f"NEXT has no criteria “{name}”."


def test_no_answer_leaves_in_the_words(uhc_version: PolicyVersion, draft: PolicyVersion) -> None:
    cidp(uhc_version)
    change(criterion(draft, "cidp_months_progressive"), threshold=4)
    (found,) = judged(draft)
    assert not any(character.isdecimal() for character in found.words)


def test_queries_do_not_grow_with_the_requests(
    uhc_version: PolicyVersion, draft: PolicyVersion
) -> None:
    change(criterion(draft, "cidp_months_progressive"), threshold=4)
    judge = ImpactJudge(edition_for(draft).edition)
    counts = []
    for _ in range(2):
        for _ in range(3):
            cidp(uhc_version)
        requests = list(AuthorizationRequest.objects.all())
        with CaptureQueriesContext(connection) as captured:
            assert len(judge(requests)) == len(requests)
        counts.append(len(captured))
    assert counts[1] <= counts[0]
