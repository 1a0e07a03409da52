"""The steps of an edition's life, as staff take them on its page."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from criteria.accounts.permissions import Permission, Role
from criteria.models import Criterion, Policy, PolicyVersion, Question, Status
from criteria.policies.file.yamlfile import dump_policy_file
from criteria.screens.admin.versions.steps import STEPS, offered
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published, reviewed
from tests.factories.policy_file import policy_file
from tests.helpers.admin.pages import list_of, screen, visit

pytestmark = pytest.mark.django_db


def step_url(version: PolicyVersion, key: str) -> str:
    return reverse("admin:criteria_step", args=[version.pk, key])


def take(version: PolicyVersion, key: str, by: User | None = None, **given: Any) -> Any:
    response = visit(by or paula()).post(step_url(version, key), given, follow=True)
    if PolicyVersion.objects.filter(pk=version.pk).exists():
        version.refresh_from_db()
    return response


@pytest.mark.parametrize(
    ("make", "edits", "publishes"),
    [
        (draft, {"review", "copy", "discard"}, {"publish"}),
        (reviewed, {"draft", "copy"}, {"draft", "publish"}),
        (published, {"copy"}, {"close", "retire"}),
    ],
)
def test_steps_fit_the_edition_and_the_person(
    make: Any, edits: set[str], publishes: set[str]
) -> None:
    version = make()
    assert {s.key for s in offered(version, paula())} == edits
    assert {s.key for s in offered(version, peter())} == publishes
    assert offered(version, person("rhea", Role.REVIEWERS)) == []


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.key)
def test_step_asks_first(step: Any) -> None:
    made = {"draft": reviewed, "publish": reviewed, "close": published, "retire": published}
    version = made.get(step.key, draft)()
    before = version.status
    who = peter() if Permission.PUBLISH_POLICY in step.permissions else paula()
    response = visit(who).get(step.url(version))
    assert response.status_code == 200
    assert step.words in response.text or step.page
    version.refresh_from_db()
    assert version.status == before


def test_reviewer_takes_no_step() -> None:
    version = draft()
    response = take(version, "review", by=person("rhea", Role.REVIEWERS))
    assert "your account may not" in response.text
    assert version.status == Status.DRAFT


def test_step_that_does_not_fit_says_where_the_edition_is() -> None:
    assert "is draft" in take(draft(), "draft").text


def test_unknown_step_is_not_found() -> None:
    assert take(draft(), "burn").status_code == 404


def test_review_and_back() -> None:
    version = draft()
    take(version, "review")
    assert version.status == Status.IN_REVIEW
    assert 'name="_save"' not in visit(paula()).get(screen(version)).text
    response = take(version, "draft", by=peter(), note="The IgG limit is 400, not 40.")
    assert version.status == Status.DRAFT
    assert "The IgG limit is 400, not 40." in response.text


def test_mistakes_keep_an_edition_from_review() -> None:
    version = draft()
    Criterion.objects.filter(version=version, key="some").update(n=9)
    page = visit(paula()).get(step_url(version, "review")).text
    some = Criterion.objects.get(version=version, key="some")
    assert screen(some.tree.pathway) in page or screen(some) in page
    assert "9 of only 3" in take(version, "review").text
    assert version.status == Status.DRAFT


def test_publish_has_a_page_of_its_own() -> None:
    version = reviewed()
    response = take(version, "publish", by=peter())
    assert response.redirect_chain[-1][0] == reverse("admin:criteria_publish", args=[version.pk])
    assert version.status == Status.IN_REVIEW


def test_copy_leads_to_the_new_draft() -> None:
    version = published()
    response = take(version, "copy", number="2", effective_from="2030-01-01")
    copy = PolicyVersion.objects.get(number="2")
    assert response.redirect_chain[-1][0] == screen(copy)
    assert "This is the new draft." in response.text


def test_copy_needs_a_number() -> None:
    response = take(published(), "copy", number="", effective_from="2030-01-01")
    assert "This field is required" in response.text


def test_close_and_retire() -> None:
    version = published()
    early = take(version, "close", by=peter(), effective_until="2020-01-01")
    assert "later day" in early.text
    take(version, "close", by=peter(), effective_until="2030-01-01")
    assert str(version.effective_until) == "2030-01-01"
    take(version, "retire", by=peter())
    assert version.status == Status.RETIRED


def test_discard_leads_to_the_list() -> None:
    version = draft()
    response = take(version, "discard")
    assert response.redirect_chain[-1][0].startswith(list_of(PolicyVersion))
    assert not PolicyVersion.objects.exists()


def test_delete_asks_to_discard() -> None:
    version = draft()
    response = visit(paula()).get(screen(version, "delete"))
    assert response["Location"] == step_url(version, "discard")


# The other pages of an edition


def other_page(name: str, version: PolicyVersion, by: User | None = None) -> Any:
    return visit(by or paula()).get(reverse(f"admin:criteria_{name}", args=[version.pk]))


def test_check_lists_problems() -> None:
    version = draft()
    assert "No problems found." in other_page("check", version).text
    Question.objects.create(version=version, key="spare", wording="Spare?", type="yes_no")
    assert "no criterion uses" in other_page("check", version).text


def test_file_is_the_policy_file() -> None:
    response = other_page("file", draft(), by=person("rhea", Role.REVIEWERS))
    assert response.content.decode() == dump_policy_file(policy_file())
    assert "commercial-ig-2021D0035AD.yaml" in response["Content-Disposition"]


def test_file_of_an_unfinished_draft_leads_to_the_check() -> None:
    version = draft()
    Criterion.objects.filter(version=version, tree__pathway__key="again").delete()
    response = other_page("file", version)
    assert response["Location"] == reverse("admin:criteria_check", args=[version.pk])


@pytest.mark.parametrize("name", ["check", "file"])
def test_other_staff_see_neither(name: str) -> None:
    version = draft()
    otto = User.objects.create(username="otto", is_staff=True)
    assert other_page(name, version, by=otto).status_code == 404


# New policies and editions


def test_policy_and_edition_are_added() -> None:
    client = Client()
    client.force_login(paula())
    given = {"key": "new", "name": "New", "payer": "Payer", "line_of_business": "medicare"}
    client.post(reverse("admin:criteria_policy_add"), given)
    policy = Policy.objects.get(key="new")
    edition = {
        "policy": policy.pk,
        "number": "1",
        "effective_from": "2030-01-01",
        "source": "A paper",
        "authorization_months": "6",
        "rounding_allowance_percent": "0",
    }
    response = client.post(reverse("admin:criteria_policyversion_add"), edition, follow=True)
    version = PolicyVersion.objects.get(policy=policy)
    assert response.redirect_chain[-1][0] == screen(version)
    assert "General requirements, continuation" in response.text


def test_edition_is_changed() -> None:
    version = draft()
    client = visit(paula())
    history = version.historyentry_set.get()
    said = {
        "number": "7",
        "effective_from": "2021-10-01",
        "effective_until": "2021-09-01",
        "source": "A paper",
        "authorization_months": "6",
        "rounding_allowance_percent": "0",
        "historyentry_set-TOTAL_FORMS": "1",
        "historyentry_set-INITIAL_FORMS": "1",
        "historyentry_set-0-id": history.pk,
        "historyentry_set-0-version": version.pk,
        "historyentry_set-0-position": "1",
        "historyentry_set-0-day": "2021-09-01",
        "historyentry_set-0-summary": "Revised.",
        "historyentry_set-0-lines": "81",
    }
    assert "must not lie before the first day" in client.post(screen(version), said).text
    client.post(screen(version), said | {"effective_until": ""})
    version.refresh_from_db()
    history.refresh_from_db()
    assert (version.number, version.authorization_months) == ("7", 6)
    assert history.summary == "Revised."


def test_policy_with_a_published_edition_is_read_only() -> None:
    policy = published().policy
    client = visit(paula())
    assert 'name="_save"' not in client.get(screen(policy)).text
    assert client.post(screen(policy), {"name": "Other"}).status_code == 403
