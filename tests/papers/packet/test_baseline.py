"""Baseline and today in the packet, and in what is kept with the submission."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from criteria.models import AuthorizationRequest
from criteria.papers.packet.code import as_json, content_code
from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.html import packet_html
from criteria.papers.packet.pdf import printed
from criteria.requests.content import content_from_json, content_to_json
from criteria.requests.renewal import Approval, BaselineGroup, BaselineRow, BaselineTable, Was
from criteria.screens.wizard.packets import content_now
from tests.factories.renewal import continued, submitted_renewal
from tests.factories.review import approved, last_submission, submitted_cidp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]


@pytest.fixture
def approval() -> AuthorizationRequest:
    first = timezone.localdate() - timedelta(days=150)
    return approved(submitted_cidp(), starts_on=first)


def content(request: AuthorizationRequest) -> PacketContent:
    return content_now(request, at=timezone.now(), by=request.owner)


def table(request: AuthorizationRequest) -> BaselineTable:
    found = content(request).baseline
    assert found is not None
    return found


def rows(found: BaselineTable) -> dict[str, BaselineRow]:
    return {row.label: row for group in found.groups for row in group.rows}


def test_an_ordinary_request_has_none(approval: AuthorizationRequest) -> None:
    assert content(approval).baseline is None
    assert "Baseline and today" not in packet_html(content(approval))


def test_a_renewal_stands_beside_its_approval(approval: AuthorizationRequest) -> None:
    request = continued(approval, {"dose": {"weight": "150", "dose": "130"}})
    found = table(request)
    (heading,) = found.approvals
    assert (heading.number, heading.heading) == (approval.number, "At the approval")
    known = rows(found)
    assert known["Dose of one course"].then[0].text == "135 g (1,932.6 mg/kg)"
    assert known["Dose of one course"].then[0].difference == ("−5 g (−3.7 %); −22 mg/kg (−1.1 %)")
    assert known["Weight"].then[0].difference == "−1.815 kg (−2.6 %)"
    neurologist = next(row for label, row in known.items() if "neurologist" in label)
    assert (neurologist.now, neurologist.then[0].difference) == ("Yes", "same")
    assert known["How many limbs are impaired?"].now == "not asked"


def test_what_was_submitted_keeps_it(approval: AuthorizationRequest) -> None:
    request = submitted_renewal(approval)
    kept = content_from_json(last_submission(request).content).baseline
    assert kept == table(request)


def test_a_content_kept_before_there_were_renewals_is_read(approval: AuthorizationRequest) -> None:
    data: dict[str, Any] = dict(last_submission(approval).content)
    data.pop("baseline", None)
    assert content_from_json(data).baseline is None
    assert content_to_json(content_from_json(data))["baseline"] is None


def test_the_dose_that_was_approved_is_the_baseline() -> None:
    lower = approved(submitted_cidp(), grams_per_course=120, is_as_asked=False)
    then = rows(table(continued(lower)))["Dose of one course"].then[0]
    assert then.text == "120 g (1,717.8 mg/kg) approved; 135 g (1,932.6 mg/kg) asked for"
    assert then.difference == "+15 g (+12.5 %); +214.8 mg/kg (+12.5 %)"


def test_it_is_printed_with_every_word(approval: AuthorizationRequest) -> None:
    request = continued(approval, {"dose": {"weight": "150"}})
    html = packet_html(content(request))
    assert "Baseline and today" in html
    assert f"At the approval, {approval.number}, " in html
    for row in rows(table(request)).values():
        assert row.now in html
        assert all(was.text in html for was in row.then)
        assert all(was.difference in html for was in row.differences)


def test_a_chain_prints_both_ends(approval: AuthorizationRequest) -> None:
    second = approved(submitted_renewal(approval, {"dose": {"dose": "130"}}))
    third = continued(second)
    found = table(third)
    assert [each.number for each in found.approvals] == [approval.number, second.number]
    html = packet_html(content(third))
    assert f"since {approval.number}: " in html
    assert f"since {second.number}: " in html


def test_other_words_make_another_code(approval: AuthorizationRequest) -> None:
    kept = content(continued(approval))
    assert "baseline" in as_json(kept)
    other = BaselineTable(
        (Approval("R-2026-00042", date(2026, 3, 12), "At the approval"),),
        (
            BaselineGroup(
                "Both", (BaselineRow(label="Score", then=(Was("R-2026-00042", "6"),), now="4"),)
            ),
        ),
    )
    assert content_code(replace(kept, baseline=other)) != content_code(kept)


def test_every_sign_of_it_has_a_font(approval: AuthorizationRequest) -> None:
    packet = printed(content(continued(approval, {"dose": {"weight": "150", "dose": "130"}})))
    assert packet.unprintable == ""
    assert packet.pdf[:5] == b"%PDF-"
