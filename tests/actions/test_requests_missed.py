"""What counts as missed: what decided against a submission, and what was still open and needed."""

from typing import Any

import pytest
from django.utils import timezone

from criteria.actions.requests.missed import note_missed
from criteria.models import MissedCriterion, Submission
from criteria.requests.content import StatedAttestation
from tests.factories.commercial import publish_commercial_policy
from tests.factories.request import CIDP, saved, started
from tests.factories.submitted import record_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]


def submission(assessment: dict[str, Any]) -> Submission:
    """A first submission that found this."""
    request = started(publish_commercial_policy())
    return Submission.objects.create(
        request=request,
        version=request.version,
        number=1,
        case={},
        assessment=assessment,
        content={},
        content_hash="",
        overall="",
        attested_name="Ann Lee",
        attested_at=timezone.now(),
        attested_by=request.owner,
    )


def finding(key: str, state: str, **more: Any) -> dict[str, Any]:
    return {"block": "criteria", "key": key, "title": f"Title of {key}", "state": state} | more


def missed(assessment: dict[str, Any]) -> list[tuple[str, str]]:
    note_missed(submission(assessment))
    return list(MissedCriterion.objects.order_by("id").values_list("key", "state"))


def typed(**changed: dict[str, str]) -> list[tuple[str, str]]:
    """What a CIDP request misses with these pages typed over."""
    pages = {slug: fields | changed.get(slug, {}) for slug, fields in CIDP.items()}
    request = saved(started(publish_commercial_policy()), pages)
    attestation = StatedAttestation(
        name="Ann Lee", statement="", attested_at=timezone.now(), attested_by="Ann"
    )
    return missed(dict(record_now(request, attestation).assessment))


# By the rule


@pytest.mark.parametrize("state", ["met", "not_applicable", "for_reviewer"])
def test_what_is_not_missing_is_not_missed(state: str) -> None:
    listed = {"block": "criteria", "key": "a"}
    found = finding("a", state, question="q")
    assert not missed({"findings": [found], "failed": [listed], "open": ["q"]})


def test_what_failed_counts_where_it_decided() -> None:
    findings = [finding("decided", "not_met"), finding("did not matter", "not_met")]
    failed = [{"block": "criteria", "key": "decided"}]
    assert missed({"findings": findings, "failed": failed, "open": []}) == [("decided", "not_met")]


def test_the_same_key_in_the_other_tree_is_another_criterion() -> None:
    failed = [{"block": "general", "key": "a"}]
    assert not missed({"findings": [finding("a", "not_met")], "failed": failed, "open": []})


def test_what_is_open_counts_where_an_answer_is_needed() -> None:
    findings = [
        finding("needed", "not_answered", question="q"),
        finding("not needed", "not_answered", question="r"),
        finding("a group", "not_answered"),
    ]
    found = missed({"findings": findings, "failed": [], "open": ["q"]})
    assert found == [("needed", "not_answered")]


def test_a_closed_gate_is_no_criterion() -> None:
    assert not missed({"findings": [], "failed": [{"gate": "code"}], "open": ["icd10"]})


def test_a_request_nothing_was_found_of_misses_nothing() -> None:
    assert not missed({})


# As the commercial policy finds


def test_nothing_is_missed_at_the_limit() -> None:
    """Two months, two nerves, two limbs: exactly what is asked for."""
    assert not typed(**{"criteria-cidp_diagnosis": {"q-cidp_months_progressive": "2"}})


def test_nothing_is_missed_above_the_limit() -> None:
    assert not typed(**{"criteria-cidp_diagnosis": {"q-cidp_months_progressive": "3"}})


def test_a_criterion_below_its_limit_is_missed() -> None:
    found = typed(**{"criteria-cidp_diagnosis": {"q-cidp_months_progressive": "1.9"}})
    assert [state for _, state in found] == ["not_met"]
    assert MissedCriterion.objects.get().title


def test_a_group_of_alternatives_that_is_open_names_its_open_questions() -> None:
    found = typed(**{"criteria-electrodiagnostic": {"q-cidp_mdl_nerves": ""}})
    assert found
    assert {state for _, state in found} == {"not_answered"}


def test_an_alternative_that_failed_beside_one_that_holds_is_not_missed() -> None:
    fields = {"q-cidp_mdl_nerves": "2", "q-cidp_mcv_nerves": "0"}
    assert not typed(**{"criteria-electrodiagnostic": fields})


def test_it_is_written_down_at_submission_with_title_and_block() -> None:
    typed(**{"criteria-neurologist_involved": {"q-neurologist_involved": "no"}})
    row = MissedCriterion.objects.get()
    assert (row.block, row.state) == ("criteria", "not_met")
    assert row.title in str(row)
