"""Policy files up and down: checked whole, compared, stored when confirmed, never published."""

from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from criteria.accounts.permissions import Role
from criteria.actions.policies.upload import MOST_BYTES, take_upload
from criteria.models import Change, Policy, PolicyVersion, Status
from criteria.policies.file.yamlfile import dump_policy_file
from tests.factories.commercial import PATH, publish_commercial_policy
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.factories.policy_file import CODES, policy_file
from tests.helpers.admin.pages import visit
from tests.screens.library.shelf import MORE_CODES

pytestmark = pytest.mark.django_db
ONE_MORE = {**CODES, **MORE_CODES}


def url(policy: Policy) -> str:
    return reverse("admin:criteria_upload", args=[policy.pk])


def text(**said: Any) -> str:
    return dump_policy_file(policy_file(**{"number": "2", "effective_from": "2027-01-01"} | said))


def send(policy: Policy, content: str | bytes, by: User | None = None, **more: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    sent = {"file": SimpleUploadedFile("new.yaml", data)} | more
    return visit(by or paula()).post(url(policy), sent)


def seal_of(response: Any) -> str:
    found = BeautifulSoup(response.content, "html.parser").select_one("[name=sealed]")
    assert found is not None, response.text[-3000:]
    return str(found["value"])


def mistakes(response: Any) -> list[tuple[int, str]]:
    assert response.status_code == 422
    rows = BeautifulSoup(response.content, "html.parser").select(".upload-problems tbody tr")
    return [(int(row.th.text), row.select("td")[1].text) for row in rows if row.th]


def confirm(policy: Policy, seal: str, by: User | None = None) -> Any:
    return visit(by or paula()).post(url(policy), {"sealed": seal}, follow=True)


# The way in


def test_policy_leads_editors_to_it_and_nobody_else() -> None:
    policy = published().policy
    page = reverse("admin:criteria_policy_change", args=[policy.pk])
    assert url(policy) in visit(paula()).get(page).text
    for other in (peter(), person("rhea", Role.REVIEWERS)):
        assert url(policy) not in visit(other).get(page).text


@pytest.mark.parametrize("role", [Role.REVIEWERS, Role.POLICY_PUBLISHERS])
def test_who_does_not_edit_is_refused(role: Role) -> None:
    policy = published().policy
    other = person("other", role)
    seal = seal_of(send(policy, text()))
    assert visit(other).get(url(policy)).status_code == 403
    assert send(policy, text(), by=other).status_code == 403
    assert confirm(policy, seal, by=other).status_code == 403
    assert PolicyVersion.objects.count() == 1


def test_anonymous_is_sent_to_the_login() -> None:
    assert "login" in Client().get(url(published().policy))["Location"]


def test_unknown_policy_is_not_found() -> None:
    published()
    assert visit(paula()).get(reverse("admin:criteria_upload", args=[999])).status_code == 404


# What is shown before anything is stored


def test_difference_is_shown_and_nothing_stored() -> None:
    old = published()
    response = send(old.policy, text(codes=ONE_MORE), against=old.pk)
    assert response.status_code == 200
    assert f"What it changes of {old.number}" in response.text
    assert "CVID" in response.text
    assert PolicyVersion.objects.count() == 1


def test_the_edition_in_force_is_compared_with_unless_another_is_chosen() -> None:
    old = published()
    page = BeautifulSoup(visit(paula()).get(url(old.policy)).content, "html.parser")
    chosen = page.select_one("[name=against] option[selected]")
    assert chosen is not None and chosen["value"] == str(old.pk)
    other = draft(number="1b", codes=ONE_MORE)
    response = send(old.policy, text(codes=ONE_MORE), against=other.pk)
    assert "What it changes of 1b" in response.text
    assert "CVID" not in response.text


def test_first_edition_has_nothing_to_compare_with() -> None:
    policy = draft(number="0").policy
    response = send(policy, text())
    assert "Nothing was chosen" in response.text
    assert "stored as a draft" in confirm(policy, seal_of(response)).text


# Confirmed


def test_confirmed_becomes_a_draft_after_the_edition_in_force() -> None:
    old = published()
    response = confirm(old.policy, seal_of(send(old.policy, text())))
    new = PolicyVersion.objects.get(number="2")
    assert "is stored as a draft. Nothing is published." in response.text
    assert (new.status, new.base, new.edited_by) == (Status.DRAFT, old, paula())
    old.refresh_from_db()
    assert old.status == Status.PUBLISHED
    assert Change.objects.filter(version=new).count() == 1


def test_confirming_twice_stores_once() -> None:
    policy = published().policy
    seal = seal_of(send(policy, text()))
    confirm(policy, seal)
    response = confirm(policy, seal)
    assert "stored already (draft)" in response.text
    assert PolicyVersion.objects.count() == 2


@pytest.mark.parametrize("change", ["changed", "", "a:b:c"])
def test_what_was_not_checked_cannot_be_confirmed(change: str) -> None:
    policy = published().policy
    seal = seal_of(send(policy, text()))
    response = confirm(policy, seal[:-3] + change if change else "")
    assert "Choose the file again" in response.text
    assert PolicyVersion.objects.count() == 1


def test_another_person_or_policy_cannot_confirm_it() -> None:
    policy = published().policy
    other = published(key="other", line_of_business="other").policy
    seal = seal_of(send(policy, text()))
    assert "Choose the file again" in confirm(other, seal).text
    paul = person("paul", Role.POLICY_EDITORS)
    assert "Choose the file again" in confirm(policy, seal, by=paul).text


def test_action_asks_for_permission_itself() -> None:
    policy = published().policy
    with pytest.raises(Exception, match="may not"):
        take_upload(policy=policy, text=text(), name="x", by=person("rhea", Role.REVIEWERS))


# Mistakes


def test_every_mistake_is_told_with_its_line_in_one_go() -> None:
    policy = publish_commercial_policy().policy
    lines = PATH.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if i >= 1202 and "passes: yes" in line)
    lines[at] = lines[at].replace("yes", "perhaps")
    key = next(i for i, line in enumerate(lines) if line.startswith("  key: "))
    lines[key] = "  key: another"
    found = dict(mistakes(send(policy, "\n".join(lines))))
    number = next(i for i, line in enumerate(lines) if line.startswith("  number: "))
    assert sorted(found) == [key + 1, number + 1, at + 1]
    assert "the key of" in found[key + 1]
    assert "never overwritten" in found[number + 1]
    assert "expected yes, no" in found[at + 1]


def test_line_1203_is_named() -> None:
    lines = PATH.read_text(encoding="utf-8").splitlines()
    lines[1202] = "\tnot this"
    policy = publish_commercial_policy().policy
    (found,) = (line for line, message in mistakes(send(policy, "\n".join(lines))) if line > 100)
    assert found == 1203


def test_name_payer_and_line_of_business_are_the_policys_own() -> None:
    policy = published().policy
    found = mistakes(send(policy, text(line_of_business="medicare")))
    assert "expected 'commercial', as the policy has it" in found[0][1]


def test_what_a_column_cannot_hold_is_told_with_its_line() -> None:
    policy = published().policy
    content = text().replace("max: 5000", "max: 5000.123456789")
    (problem,) = mistakes(send(policy, content))
    assert content.splitlines()[problem[0] - 1].split(":")[0].strip() in ("max", "igg")
    assert "decimal places" in problem[1]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 0, ""),
        (b"policy:\n  key: \xff\xfe", 2, "UTF-8"),
        ("policy: {}".encode("utf-16"), 1, "UTF-8"),
        (b"\x00\x01\x02", 1, "control characters"),
        (b"a: 1\nb: " + b"[" * 100_000 + b"]" * 100_000, 2, "deep"),
        (b"- " * 100_000, 1, "deep"),
        (b"edition: {number: 1.0e+999999999}", 1, "written out"),
        (b"just words", 1, "a mapping"),
    ],
)
def test_what_is_no_policy_file_is_refused(content: bytes, line: int, words: str) -> None:
    response = send(published().policy, content)
    assert response.status_code == 422
    if words:
        assert any(at == line and words in message for at, message in mistakes(response))
    else:
        assert "empty" in response.text


def test_aliases_that_grow_are_refused() -> None:
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 12)]
    found = mistakes(send(published().policy, "\n".join(["l0: &l0 [x]", *levels])))
    assert "parts" in found[0][1]


def test_too_large_is_refused() -> None:
    response = send(published().policy, b"#" * (MOST_BYTES + 1))
    assert response.status_code == 422
    assert "larger than 2 MB" in response.text


def test_no_file_is_asked_for_again() -> None:
    response = visit(paula()).post(url(published().policy), {})
    assert response.status_code == 422
    assert "required" in response.text


# Down


def test_download_is_what_the_command_exports() -> None:
    version = published()
    out = StringIO()
    call_command("export_policy", version.policy.key, version.number, stdout=out)
    response = visit(paula()).get(reverse("admin:criteria_file", args=[version.pk]))
    assert response.text == out.getvalue()
    assert response["Content-Disposition"].startswith("attachment")
