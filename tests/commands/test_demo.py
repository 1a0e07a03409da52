"""The demonstration: made whole, made once, and never over what a person did."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from criteria.actions.policies.base import load_policy_file
from criteria.actions.requests.edit import withdraw_request
from criteria.actions.roles import command_line_user
from criteria.demo.clocks import keep_clocks
from criteria.demo.examples import ExampleRequest, examples
from criteria.demo.people import PEOPLE, ensure_people, sign_ins
from criteria.demo.policies import publish_policies
from criteria.management.commands import demo
from criteria.models import (
    AuthorizationRequest,
    DecisionClock,
    Determination,
    Enclosure,
    Event,
    ExamplePatient,
    Indication,
    Membership,
    Outcome,
    Packet,
    PatientOutcome,
    PolicyVersion,
    Practice,
    RequestStatus,
    Status,
)
from criteria.policies.file.problem import PolicyFileError
from criteria.requests.content import content_from_json
from criteria.requests.loading import draft_of
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.tasks.list import TaskList
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories.commercial import commercial_file

EXAMPLES = dict(examples())


@pytest.fixture(autouse=True)
def on_a_desk(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It would fill the table of the database that a new process finds, not of the test's.
    monkeypatch.setattr(demo.Command, "_load_codes", lambda self: None)
    settings.DEBUG = True
    settings.MEDIA_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def made(name: str) -> AuthorizationRequest:
    """The request of an example."""
    event = Event.objects.get(verb="demo", summary=f"request {name}")
    return AuthorizationRequest.objects.get(pk=event.object_id)


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, with all its columns."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }


# Once


@pytest.mark.django_db
def test_empty_database_gets_everything_and_a_second_run_changes_no_row() -> None:
    _check_first_run(run())
    _check_what_examples_show()
    before = snapshot()
    said = run()
    assert snapshot() == before
    assert "is stored already (published)" in said
    assert f"{len(EXAMPLES)} example requests were made before" in said


def _check_first_run(said: str) -> None:
    assert "Left" not in said and "No example" not in said
    assert PolicyVersion.objects.get(number="2021D0035AD").status == Status.PUBLISHED
    for name, example in EXAMPLES.items():
        _check(name, example, made(name))
    assert {p.request for p in Packet.objects.all()} == {
        made(name) for name, example in EXAMPLES.items() if example.is_sent
    }
    assert "Kept 7 example patients of Immune Globulin" in said
    found = PatientOutcome.objects.values_list("found", "patient__expected")
    assert len(found) == 7 and all(outcome == expected for outcome, expected in found)
    for person in PEOPLE:
        assert f"password {person.password} " in said
        assert Client().login(username=person.username, password=person.password)


def _check(name: str, example: ExampleRequest, request: AuthorizationRequest) -> None:
    draft = draft_of(request)
    found = (request.status, request.is_quick_check, draft.overall, request.overall)
    asked = (example.state.value, example.is_quick_check, example.expect, example.expect.value)
    assert found == asked, name
    assert request.owner.username == "ann"
    assert not any(row.please_check for row in draft.rows.values()), name
    walk = Walkthrough(draft)
    forms = [form_of(walk, page) for page in walk.pages if page.is_form]
    assert not [problem for form in forms for problem in form.problems], name


def _check_what_examples_show() -> None:
    ready = draft_of(made("myasthenia-ready-to-submit"))
    row = ready.assessment and ready.assessment.dose.maxima[0].per_course
    assert row and row.vials and row.vials.total_g == ready.case.dose.amount  # type: ignore[union-attr]
    assert TaskList(Walkthrough(ready)).gaps == ()

    sent = content_from_json(made("itp-submitted").submissions.get().content)
    assert sent.evidence["platelet_count"].text == "Blood count, encl. B, p. 1"
    assert [document.letter for document in sent.enclosures if document.has_file] == ["A", "B"]

    above = draft_of(made("cidp-above-maximum")).assessment
    assert above and above.dose.over_g

    quick = made("primary-immunodeficiency-quick-check")
    assert quick.is_quick_check and not quick.patient_name and not quick.member_id

    child, newborn = draft_of(made("pediatric-hiv-child")), draft_of(made("fnait-newborn"))
    assert (child.age_years, newborn.age_years) == (9, 0)
    assert str(newborn.case.weight_kg) == "3.2"
    assert not made("gbs-outside-schedule").patient_name.isascii()

    pressing = made("medicare-pid-submitted")
    assert pressing.due_at and pressing.submitted_at
    assert pressing.due_at - pressing.submitted_at == timedelta(hours=24)

    _check_what_was_decided()


def _check_what_was_decided() -> None:
    """The desk is alive: something to answer, to appeal, to renew and to finish renewing."""
    given = {d.request: d for d in Determination.objects.filter(outcome=Outcome.APPROVED)}
    lower, as_asked = made("mmn-approved-lower-dose"), made("cidp-approved")
    assert not given[lower].is_as_asked and given[lower].grams_per_course == 140
    assert given[as_asked].is_as_asked
    today = timezone.localdate()
    ends = [r.approved_until for r in given if r.approved_until]
    assert len(ends) == 2 and all(0 < (day - today).days < 60 for day in ends)

    renewal = AuthorizationRequest.objects.get(renewal_of__isnull=False)
    assert (renewal.renewal_of, renewal.status) == (lower, RequestStatus.DRAFT)
    files = content_from_json(lower.submissions.get().content).enclosures
    assert [(f.media_type, f.pages) for f in files] == [("application/pdf", 3), ("image/png", 1)]
    assert all(enclosure.size_bytes < 100_000 for enclosure in Enclosure.objects.all())

    asked = made("dermatomyositis-information-asked").letters.get()
    assert [item["title"] for item in asked.items] == [
        "Immunosuppressive therapy",
        "Muscle biopsy or MRI report",
    ]
    denied = made("lems-not-approved").determination
    assert [item["key"] for item in denied.rests_on] == ["concomitant"]


# Again


@pytest.mark.django_db
def test_what_a_person_did_stays() -> None:
    run()
    ann = User.objects.get(username="ann")
    ann.set_password("something of her own")
    ann.first_name = "Anna"
    ann.save()
    ann.groups.clear()
    User.objects.filter(username="rhea").update(username="rhea.roy")
    Practice.objects.update(name="Another name")
    made("fnait-newborn").pages.get(slug="dose").delete()
    ExamplePatient.objects.filter(name__startswith="cidp").delete()
    withdraw_request(request=made("itp-submitted"), by=ann)
    before = snapshot()
    said = run()
    assert snapshot() == before
    assert "ann    the password was changed" in said
    assert made("itp-submitted").status == RequestStatus.WITHDRAWN


@pytest.mark.django_db
def test_a_clock_that_stands_there_is_left_alone() -> None:
    own = {"line_of_business": "medicare", "urgency": "expedited"}
    DecisionClock.objects.create(amount=5, unit="hours", **own)
    ensure_people()
    said = "\n".join(keep_clocks())
    assert "Time to decide: Medicare, standard: 72 hours." in said
    assert "Medicare, expedited" not in said
    DecisionClock.objects.exclude(line_of_business="").delete()
    assert [*keep_clocks()] == ["Time to decide: Medicare, expedited: 24 hours."]
    assert DecisionClock.objects.filter(line_of_business="medicare").count() == 1


@pytest.mark.django_db
def test_an_account_of_the_same_name_is_left_alone() -> None:
    User.objects.create_user("ann", password="hers")
    said = run()
    assert not Membership.objects.exists() and not AuthorizationRequest.objects.exists()
    assert "No example requests: ann works in no practice here." in said
    assert [bool(password) for _, password in sign_ins()] == [False, True, True, True]


@pytest.mark.django_db
def test_an_edition_that_a_person_changed_is_left_with_a_message() -> None:
    version = load_policy_file(file=commercial_file(), by=command_line_user()).version
    Indication.objects.filter(version=version).update(name="Changed")
    said = run()
    version.refresh_from_db()
    assert version.status == Status.DRAFT
    assert "Left as it is" in said and "never overwritten" in said
    assert "Left out cidp-half-answered: page start, request_date: No policy is" in said


@pytest.mark.django_db
def test_patients_that_do_not_fit_are_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "patients" / "uhc").mkdir(parents=True)
    (tmp_path / "patients" / "uhc" / "cidp.yaml").write_text("policy: uhc\n", encoding="utf-8")
    monkeypatch.setattr("criteria.demo.patients.FOLDER", tmp_path)
    said = "\n".join(publish_policies())
    assert "Left out the example patients of Immune Globulin" in said
    assert "cidp.yaml:1: expected a list of cases" in said
    assert PolicyVersion.objects.get(number="2021D0035AD").status == Status.PUBLISHED


# Refused


def test_refused_without_debug(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="only where DEBUG is true"):
        run()


def test_missing_pango_is_said_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without_pango(name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(demo, "import_module", without_pango)
    with pytest.raises(CommandError) as refused:
        run()
    assert "\n    sh ivigportal/deploy/setup\n" in str(refused.value)
    assert "cannot load library" in str(refused.value)


@pytest.mark.django_db
def test_broken_policy_file_is_said_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise PolicyFileError([])

    monkeypatch.setattr("criteria.demo.policies.read_policy_file", broken)
    with pytest.raises(CommandError):
        run()


# Served


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (["--serve"], "127.0.0.1:8000"),
        (["--serve", "8123"], "127.0.0.1:8123"),
        (["--serve", "0.0.0.0:8123"], "0.0.0.0:8123"),
    ],
)
def test_serve_says_and_uses_the_address(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], address: str
) -> None:
    called: list[tuple[Any, ...]] = []
    monkeypatch.setattr(demo, "call_command", lambda *args, **kwargs: called.append(args))
    monkeypatch.setattr(demo.Command, "_make", lambda self: None)
    monkeypatch.setattr("criteria.demo.people.sign_ins", lambda: [(PEOPLE[0], "known")])
    said = run(*arguments)
    assert called == [("migrate",), ("runserver", address)]
    assert f"http://{address}/" in said
