"""An edition whose start is unknown is stored and compared, and never put into force."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from criteria.actions.policies.base import EditionRefusedError, load_policy_file, publish_version
from criteria.actions.policies.drafts import copy_to_draft, send_to_review
from criteria.actions.policies.publish import readiness
from criteria.models import PolicyVersion, Status
from criteria.policies.checks.check import problems_of
from criteria.policies.stored.export import export
from criteria.policies.stored.load import version_in_force
from tests.factories.commercial import publish_commercial_policy
from tests.factories.people import paula, person, peter
from tests.factories.shipped import load_shipped
from tests.policies.shipped.earlier import EARLIER, LATER
from tests.screens.library.shelf import text_of

pytestmark = pytest.mark.django_db
WHY = "for comparison only, since its start is unknown"
DAYS = "until 31 Dec 2020, start unknown, for comparison only"
CHANGES = "/policies/uhc/2021D0035AD/changes/"


@pytest.fixture
def earlier() -> PolicyVersion:
    return load_policy_file(file=load_shipped(EARLIER)[0], by=paula()).version


def test_it_is_stored_as_a_draft_and_exported_as_it_was(earlier: PolicyVersion) -> None:
    assert (earlier.status, earlier.comparison_only) == (Status.DRAFT, True)
    assert export(earlier) == load_shipped(EARLIER)[0]


def test_it_is_never_sent_to_review(earlier: PolicyVersion) -> None:
    with pytest.raises(EditionRefusedError, match=WHY):
        send_to_review(version=earlier, by=paula())


def test_it_is_never_published(earlier: PolicyVersion) -> None:
    with pytest.raises(EditionRefusedError, match=WHY):
        publish_version(version=earlier, by=peter())
    assert [p.code for p in readiness(earlier, peter()).errors] == ["comparison-only"]
    assert version_in_force("commercial", earlier.effective_from) is None


def test_loading_it_to_publish_stores_nothing() -> None:
    with pytest.raises(CommandError, match=WHY):
        call_command("load_policy", str(EARLIER), "--publish")
    assert not PolicyVersion.objects.exists()


def test_its_file_has_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_policies", "--files", str(EARLIER))
    assert "no problems" in capsys.readouterr().out


def test_a_copy_is_an_ordinary_draft(earlier: PolicyVersion) -> None:
    copy = copy_to_draft(version=earlier, number="B", effective_from=date(2021, 1, 1), by=paula())
    assert not copy.comparison_only
    assert not [p for p in problems_of(copy) if p.is_error]


def test_pages_say_that_its_start_is_unknown(client: Client, earlier: PolicyVersion) -> None:
    publish_commercial_policy()
    client.force_login(paula())
    shelf = text_of(client.get("/policies/"))
    assert f"2020D0035AC For comparison only {DAYS}" in shelf
    assert "Since 2020D0035AC" in shelf
    changes = text_of(client.get(CHANGES))
    assert "What changed from 2020D0035AC to 2021D0035AD" in changes
    assert f"In force: {DAYS}" in changes
    assert "2020D0035AC (comparison only)" in changes
    counts = "10 criteria added, 6 changed 7 questions added, 4 changed 1 HCPCS code added"
    assert f"In short {counts} 7 lesser changes" in changes


def test_screens_of_staff_do_not_name_a_first_day(client: Client, earlier: PolicyVersion) -> None:
    client.force_login(paula())
    listed = client.get("/admin/criteria/policyversion/").text
    assert '<td class="field-starts">unknown</td>' in listed
    assert "For comparison only: its start is unknown" in listed
    publishing = client.get(f"/admin/criteria/policyversion/{earlier.pk}/publish/").text
    assert "from an unknown day until 31 Dec 2020" in publishing
    assert "Copy it to a new draft, and publish that one." in publishing


def test_only_those_who_work_on_policies_read_it(client: Client, earlier: PolicyVersion) -> None:
    publish_commercial_policy()
    client.force_login(person("otto"))
    assert earlier.number not in text_of(client.get("/policies/"))
    assert client.get(f"{CHANGES}?from={earlier.number}").status_code == 404


def test_command_says_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("diff_policies", str(EARLIER), str(LATER))
    said = capsys.readouterr().out
    assert f"| In force | {DAYS} | from 1 Jan 2021 |" in said
    assert "10 criteria added, 6 changed; 7 questions added, 4 changed; 1 HCPCS code added." in said
