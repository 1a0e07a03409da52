"""Courses over requests: approvals held for the practice count, the rest is asked."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from criteria.actions.requests.edit import withdraw_request
from criteria.models import AuthorizationRequest, PolicyVersion
from criteria.policies.edition import IndicationDefinition, PathwayDefinition
from criteria.policies.stored.load import edition_of
from criteria.requests.approvals import Treatment, other_ways
from criteria.requests.case_files.dose_report import dose_report
from criteria.requests.loading import draft_of
from criteria.rules import FindingState
from criteria.rules.formats import date_text
from criteria.screens.wizard.packets import content_now
from criteria.screens.wizard.panel import LivePanel
from tests.factories.courses import asked, gave
from tests.factories.people import ben
from tests.factories.review import denied, submitted
from tests.screens.wizard.conftest import Walker, errors_of, soup_of

pytestmark = pytest.mark.django_db


def text_of(request: AuthorizationRequest) -> str:
    found = draft_of(AuthorizationRequest.objects.get(pk=request.pk)).assessment
    assert found is not None
    return f"{found.dose.outcome}: {found.dose.text}"


def after(version: PolicyVersion, courses: int, elsewhere: str = "0") -> str:
    """What is found of a further request of the same patient and practice."""
    return text_of(asked(version, dose={"courses": str(courses), "courses_before": elsewhere}))


@pytest.mark.parametrize(
    ("courses", "elsewhere", "expected"),
    [(3, "0", "within"), (4, "0", "exceeds"), (2, "1", "within"), (3, "1", "exceeds")],
)
def test_approved_and_stated_courses_count(
    uhc_version: PolicyVersion, courses: int, elsewhere: str, expected: str
) -> None:
    approval = gave(uhc_version, 3)
    found = after(uhc_version, courses, elsewhere)
    assert found.startswith(expected)
    if expected == "exceeds":
        assert approval.approved_from is not None and approval.approved_until is not None
        days = f"{date_text(approval.approved_from)} to {date_text(approval.approved_until)}"
        assert f"3 approved from {days} + " in found
        assert f"{courses} asked for = 7 courses, above the 6 in all" in found


def test_what_the_reviewer_gave_counts_not_what_was_asked_for(uhc_version: PolicyVersion) -> None:
    gave(uhc_version, 1, is_as_asked=False)
    assert after(uhc_version, 5).startswith("within")
    assert after(uhc_version, 6).startswith("exceeds")


def test_an_approval_without_a_number_counts_a_course_a_month(uhc_version: PolicyVersion) -> None:
    gave(uhc_version, None, months=4)
    assert after(uhc_version, 2).startswith("within")
    assert after(uhc_version, 3).startswith("exceeds")


def test_an_approval_of_two_parts_counts_the_courses_of_both(uhc_version: PolicyVersion) -> None:
    gave(uhc_version, 1, then_grams_per_course=Decimal(70), then_courses=3, then_interval_days=28)
    assert after(uhc_version, 2).startswith("within")
    assert "1 approved from" in after(uhc_version, 3) and "3 approved from" in after(uhc_version, 3)
    assert after(uhc_version, 3).startswith("exceeds")


def test_a_running_approval_and_one_long_ended_count_alike(uhc_version: PolicyVersion) -> None:
    today = timezone.localdate()
    gave(uhc_version, 3, starts_on=today - timedelta(days=10))
    gave(uhc_version, 3, starts_on=today - timedelta(days=3000))
    assert after(uhc_version, 1).startswith("exceeds")


def withdrawn(request: AuthorizationRequest) -> AuthorizationRequest:
    withdraw_request(request=request, by=request.owner)
    return request


@pytest.mark.parametrize("become", [denied, withdrawn, lambda request: request])
def test_what_was_not_approved_does_not_count(uhc_version: PolicyVersion, become: Any) -> None:
    become(submitted(asked(uhc_version, dose={"courses": "6"})))
    assert after(uhc_version, 6).startswith("within")


OTHERS: dict[str, dict[str, dict[str, str]]] = {
    "another member of the same name and birth date": {"coverage": {"member_id": "777 02"}},
    "the same member number, born on another day": {"patient": {"born": "1990-01-01"}},
}


@pytest.mark.parametrize("pages", OTHERS.values(), ids=OTHERS)
def test_another_patient_does_not_count(
    uhc_version: PolicyVersion, pages: dict[str, dict[str, str]]
) -> None:
    gave(uhc_version, 6, pages=pages)
    assert after(uhc_version, 6).startswith("within")


def test_a_name_spelt_otherwise_is_the_same_patient(uhc_version: PolicyVersion) -> None:
    pages = {"patient": {"last_name": "Doe-Smith"}, "coverage": {"member_id": "912-345-678-01"}}
    gave(uhc_version, 6, pages=pages)
    assert after(uhc_version, 1).startswith("exceeds")


@pytest.mark.parametrize(
    ("key", "name", "pathway_key", "counts"),
    [
        ("nmo", "Neuromyelitis optica", "initial", True),
        ("nmo", "Neuromyelitis optica", "continuation", True),
        ("nmo", "Neuromyelitis optica", "rescue", False),  # another way to be treated
        ("nmo-of-old", "neuromyelitis  Optica", "", True),  # an edition with another key
        ("cidp", "CIDP", "initial", False),
        ("", "", "", False),
    ],
)
def test_what_is_the_same_treatment(key: str, name: str, pathway_key: str, counts: bool) -> None:
    born = date(1961, 3, 12)
    treatment = Treatment("91", born, (), "nmo", "neuromyelitis optica", frozenset({"rescue"}))
    row = AuthorizationRequest(
        member_key="91", born_on=born, indication_key=key, pathway_key=pathway_key
    )
    row.indication_name = name  # type: ignore[attr-defined]
    assert treatment.holds(row) is counts


def test_key_of_an_older_edition_is_known_by_the_name_of_the_diagnosis(
    uhc_version: PolicyVersion,
) -> None:
    approval = gave(uhc_version, 4)
    AuthorizationRequest.objects.filter(pk=approval.pk).update(indication_key="cidp-of-old")
    assert after(uhc_version, 3).startswith("exceeds")


def pathway(
    uhc_version: PolicyVersion, indication: str, key: str
) -> tuple[IndicationDefinition, PathwayDefinition]:
    found = edition_of(uhc_version).indications[indication]
    return found, next(one for one in found.pathways if one.key == key)


@pytest.mark.parametrize(
    ("indication", "key", "others"),
    [
        ("neuromyelitis-optica", "initial", set()),  # continuation is the same treatment
        ("neuromyelitis-optica", "continuation", set()),
        ("cidp", "initial", set()),
        ("myasthenia-gravis", "exacerbation", {"refractory"}),  # an alternative
        ("gbs", "standard", set()),
    ],
)
def test_initial_and_continuation_count_together_alternatives_do_not(
    uhc_version: PolicyVersion, indication: str, key: str, others: set[str]
) -> None:
    assert other_ways(*pathway(uhc_version, indication, key)) == others


# Who is shown what


def test_a_practice_counts_and_sees_none_of_another(uhc_version: PolicyVersion, ann: Any) -> None:
    theirs = gave(uhc_version, 6, by=ben())
    request = asked(uhc_version, dose={"courses": "6", "courses_before": "0"})
    assert text_of(request).startswith("within")
    for slug in ("dose", "check", "result"):
        page = Walker(ann, request.number).get(slug).content.decode()
        assert theirs.number not in page and "Bedford" not in page


@pytest.fixture
def further(uhc_version: PolicyVersion, ann: Any) -> tuple[Walker, AuthorizationRequest]:
    """A further request of Ann's, with the approval of three courses before it."""
    approval = gave(uhc_version, 3)
    request = asked(uhc_version, dose={"courses": "3", "courses_before": "0"})
    return Walker(ann, request.number), approval


def test_every_page_shows_the_approval_with_its_days(
    further: tuple[Walker, AuthorizationRequest],
) -> None:
    walker, approval = further
    assert approval.approved_from is not None
    for slug in ("dose", "check", "result"):
        page = walker.soup(slug).get_text(" ", strip=True)
        assert "Courses approved here before" in page, slug
        assert approval.number in page and date_text(approval.approved_from) in page, slug
    for slug in ("dose", "result"):
        page = walker.soup(slug).get_text(" ", strip=True)
        assert "Of 6 monthly courses in all, 3 approved here: 3 are left for this request." in page


@pytest.mark.parametrize(
    ("approved", "elsewhere", "said"),
    [
        (0, "0", "Of 6 monthly courses in all, none given before: 6 are left for this request."),
        (0, "1", "Of 6 monthly courses in all, 1 given elsewhere: 5 are left for this request."),
        (3, "2", "3 approved here and 2 given elsewhere: 1 is left for this request."),
        (0, "6", "Of 6 monthly courses in all, 6 given elsewhere: none is left for this request."),
        (3, "", "beside 3 approved here, how many were given before is not stated."),
    ],
)
def test_why_so_many_are_left_is_said_on_every_paper(
    uhc_version: PolicyVersion, ann: Any, approved: int, elsewhere: str, said: str
) -> None:
    if approved:
        gave(uhc_version, approved)
    request = asked(uhc_version, dose={"courses": "1", "courses_before": elsewhere})
    content = content_now(request, at=timezone.now(), by=request.owner)
    texts = {
        "dose page": Walker(ann, request.number).soup("dose").get_text(" ", strip=True),
        "result": Walker(ann, request.number).soup("result").get_text(" ", strip=True),
        "packet, page 1": " ".join(fact.value for fact in content.asked.facts),
        "worksheet": " ".join(fact.value for fact in content.dose.facts),
    }
    for place, text in texts.items():
        assert said in text, place
        is_none_left = "none is left" in said
        most = "Most the policy allows nothing: no course is left"
        if place == "result":
            assert (most in text) is is_none_left, place
    facts = {fact.label: fact.value for fact in content.asked.facts}
    assert facts["Most the policy allows"].startswith("nothing") is ("none is left" in said)
    panel = " ".join(LivePanel(Walker(ann, request.number).walk).maximum_lines)
    assert ("no course is left" in panel) is ("none is left" in said)


def test_what_is_not_looked_up_is_said_once(uhc_version: PolicyVersion, ann: Any) -> None:
    nobody = {"member_id": "", "born": ""}
    request = asked(uhc_version, dose={"courses_before": "0"}, patient=nobody)
    page = Walker(ann, request.number).soup("dose").get_text(" ", strip=True)
    assert page.count("looked up once") == 1


def test_fragment_says_what_the_full_page_says(
    further: tuple[Walker, AuthorizationRequest],
) -> None:
    walker, _ = further
    part = soup_of(walker.post("dose", htmx=True, courses="4")).select_one("#maximum")
    whole = walker.soup("dose").select_one("#maximum")
    assert part is not None and whole is not None
    assert part.get_text(" ", strip=True) == whole.get_text(" ", strip=True)
    assert "4 asked for = 7 courses" in whole.get_text(" ", strip=True)


@pytest.mark.parametrize("typed", ["", "x", "-1", "1.5"])
def test_what_is_no_number_leaves_the_dose_open(
    further: tuple[Walker, AuthorizationRequest], typed: str
) -> None:
    walker, _ = further
    response = walker.post("dose", courses_before=typed)
    assert walker.draft.overall == "incomplete"
    assert walker.draft.dose.courses_before is None
    if typed:
        assert "Courses given before" in errors_of(response)
    check = walker.soup("check").get_text(" ", strip=True)
    assert "Courses given before, not approved here" in check


def test_nothing_before_is_an_answer(further: tuple[Walker, AuthorizationRequest]) -> None:
    walker, _ = further
    walker.post("dose", courses_before="0")
    assert walker.draft.overall == "meets"


def test_it_is_asked_only_where_a_limit_counts_requests(
    uhc_version: PolicyVersion, cidp: Walker
) -> None:
    assert cidp.soup("dose").select_one("[name=courses_before]") is not None
    cidp.post("start", phase="continuation")
    assert cidp.soup("dose").select_one("[name=courses_before]") is None


def test_before_the_patient_is_known_it_says_so(cidp: Walker) -> None:
    page = cidp.soup("dose").get_text(" ", strip=True)
    assert "looked up once the member number and the date of birth are stated" in page


def test_an_approval_given_meanwhile_counts_at_once(
    further: tuple[Walker, AuthorizationRequest], uhc_version: PolicyVersion
) -> None:
    """What was worked out of a revision is not kept beyond the approvals it counted."""
    walker, _ = further
    assert walker.draft.overall == "meets"
    gave(uhc_version, 1)
    assert walker.draft.overall == "does not meet"


# What is kept


def test_a_submission_keeps_what_it_counted(uhc_version: PolicyVersion) -> None:
    gave(uhc_version, 3)
    request = submitted(asked(uhc_version, dose={"courses": "3", "courses_before": "0"}))
    gave(uhc_version, 3)
    content = content_now(request, at=timezone.now(), by=request.owner)
    assert content.dose.state is FindingState.MET
    (line,) = [fact for fact in content.dose.facts if fact.label == "Courses approved here before"]
    assert line.value.count("3 courses") == 1


def test_a_renewal_counts_what_it_continues_whatever_is_typed(uhc_version: PolicyVersion) -> None:
    """By the link of the renewal: the member number need not be the same."""
    first = gave(uhc_version, 5)
    request = asked(uhc_version, dose={"courses": "2"}, coverage={"member_id": "new 99"})
    assert text_of(request).startswith("within")
    request.renewal_of = request.first_approved = first
    request.revision += 1
    request.save()
    assert text_of(request).startswith("exceeds")


def test_the_report_names_the_missing_number(uhc_version: PolicyVersion) -> None:
    request = asked(uhc_version, dose={"courses": "3", "courses_before": ""})
    found = draft_of(AuthorizationRequest.objects.get(pk=request.pk)).assessment
    assert found is not None
    assert dose_report(found)["reason"] == "earlier_missing"


def test_reading_many_pages_asks_for_the_approvals_once_each(
    further: tuple[Walker, AuthorizationRequest], django_assert_max_num_queries: Any
) -> None:
    walker, _ = further
    walker.get("dose")
    row = AuthorizationRequest.objects.select_related("version__policy").get(number=walker.number)
    with django_assert_max_num_queries(1):
        draft_of(row)
