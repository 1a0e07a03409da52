"""The history of editions: who changed what and when, old and new, in words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.signals import pre_delete
from django.test import Client
from django.urls import reverse

from criteria.accounts.permissions import Role
from criteria.actions.changes import values_of
from criteria.actions.policies.base import close_version
from criteria.actions.policies.drafts import copy_to_draft, discard_draft
from criteria.actions.policies.parts import (
    delete_part,
    save_links,
    save_part,
    save_policy,
    save_version,
)
from criteria.actions.policies.removed import going_with
from criteria.actions.policies.restore import restore_part
from criteria.actions.policy_codes.plan import CodeList, plan_codes
from criteria.actions.policy_codes.save import save_codes
from criteria.actions.policy_tree.tree import Direction, move_criterion
from criteria.models import (
    Change,
    Code,
    Criterion,
    Event,
    IcdCode,
    Indication,
    Part,
    Pathway,
    PolicyVersion,
    Question,
    QuestionChoice,
    RemovedPart,
    RequestPage,
)
from criteria.rules.terms import CodeSystem
from criteria.screens.admin.history.entries import PER_PAGE
from tests.factories.icd10 import load_small_table
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import screen, visit
from tests.screens.admin.forms import edit

pytestmark = pytest.mark.django_db


def history(row: Model, client: Client | None = None, **chosen: Any) -> BeautifulSoup:
    response = (client or visit(paula())).get(screen(row, "history"), chosen)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def told(row: Model, **chosen: Any) -> list[str]:
    """The entries of a history, each as one line."""
    found = history(row, **chosen).select(".history-entry .history-what")
    return [" ".join(entry.get_text(" ").split()) for entry in found]


def number_criterion(version: PolicyVersion) -> Criterion:
    found = Criterion.objects.filter(version=version, threshold__isnull=False)
    return found.filter(question__unit="mg/dL").order_by("pk")[0]


# What is taken down


def test_every_part_has_a_history() -> None:
    parts = {m for m in apps.get_app_config("criteria").get_models() if issubclass(m, Part)}
    assert all(values_of(model()) for model in parts)


def test_rows_that_are_no_part_are_deleted_without_a_look_at_each() -> None:
    for model in (IcdCode, RequestPage, Change):
        assert not pre_delete.has_listeners(model)


def test_old_and_new_stand_side_by_side_in_words() -> None:
    row = number_criterion(draft())
    before, after = row.threshold, Decimal("1234.5")
    row.threshold = after
    save_part(part=row, changed=["threshold"], by=paula())
    page = history(row)
    cells = [cell.get_text() for cell in page.select(".history-values tbody tr > *")]
    assert cells == ["Threshold", f"{before:.0f} mg/dL", "1,234.5 mg/dL"]
    assert "paula" in page.select(".history-when")[0].get_text()


def test_yes_and_no_are_words() -> None:
    row = Criterion.objects.filter(version=draft(), passes_on=True)[0]
    row.passes_on = False
    save_part(part=row, by=paula())
    assert "Passes on Yes No" in told(row)[0]


def test_a_linked_row_goes_by_its_name_even_when_it_is_gone() -> None:
    version = draft()
    row = Criterion.objects.filter(version=version, question__key="stated")[0]
    other = Question(version=version, key="other", wording="Is it another?", type="yes_no")
    save_part(part=other, by=paula())
    row.question = other
    save_part(part=row, by=paula())
    assert "Question Is it diagnosed? Is it another?" in told(row)[0]
    row.question = Question.objects.get(version=version, key="stated")
    save_part(part=row, by=paula())
    delete_part(part=other, by=paula())
    assert "Question Is it another? Is it diagnosed?" in told(row)[0]


def test_links_are_told_by_name() -> None:
    version = draft()
    code = Code.objects.filter(version=version, indications__isnull=False)[0]
    others = Indication.objects.filter(version=version).exclude(codes=code)[:1]
    save_links(part=code, save=lambda: code.indications.set(others), by=paula())
    entries = "\n".join(told(code))
    assert f"Indications — {others[0].name}" in entries


def test_the_person_is_the_one_of_the_action() -> None:
    version = draft()
    paul = person("paul", Role.POLICY_EDITORS)
    question = Question.objects.filter(version=version)[0]
    question.help = "New help."
    save_part(part=question, by=paul)
    assert Change.objects.latest("id").event.actor == paul
    close = published(key="other", line_of_business="other", number="9")
    close_version(version=close, effective_until=date(2040, 1, 1), by=peter())
    entry = history(close).select(".history-entry")[0].get_text(" ")
    assert "peter" in entry and "1 Jan 2040" in entry


def test_name_stays_after_the_account_is_gone() -> None:
    version = draft()
    question = Question.objects.filter(version=version)[0]
    paul = person("paul", Role.POLICY_EDITORS)
    question.help = "New help."
    save_part(part=question, by=paul)
    QuerySet(Event).filter(actor=paul).update(actor=None)
    assert "paul" in history(question).select(".history-when")[0].get_text()


def test_loading_a_file_is_one_entry() -> None:
    version = draft()
    assert told(version)[0].startswith("Took in")
    assert len(told(version)) == 1


def test_copy_is_one_entry() -> None:
    old = published()
    new = copy_to_draft(version=old, number="2", effective_from=date(2030, 1, 1), by=paula())
    assert [words.partition(" ")[0] for words in told(new)] == ["Copied"]


def test_a_pasted_list_is_told_code_by_code() -> None:
    load_small_table()
    version = draft()
    given = CodeList(CodeSystem.ICD10, "G61.81\tNerves\t5")
    seen = plan_codes(version, given).mark
    save_codes(version=version, given=given, seen=seen, by=paula())
    entries = told(version)
    assert entries[0] == "Pasted a list of ICD-10-CM codes: 1 added."
    assert entries[1].startswith("Added code G61.81 Nerves What it says")
    assert "Clear by itself" not in entries[1]


def test_move_is_told_in_words() -> None:
    first = Criterion.objects.filter(version=draft(), parent__isnull=False, slot="member")[0]
    move_criterion(criterion=first, direction=Direction.DOWN, by=paula())
    assert told(first)[0].startswith(f"Moved “{first.title}” down. criterion")


def test_edition_and_policy_have_their_own_columns() -> None:
    version = draft()
    version.effective_until = date(2031, 1, 31)
    save_version(version=version, changed=["effective_until"], by=paula())
    assert "Effective until — 31 Jan 2031" in told(version)[0]
    version.policy.name = "Another name"
    save_policy(policy=version.policy, by=paula())
    entry = history(version.policy).select(".history-entry")[0].get_text(" ")
    assert "Another name" in entry and "paula" in entry


def test_steps_are_told_in_words() -> None:
    assert told(published())[0].startswith("Published")


def test_saving_without_a_change_leaves_nothing() -> None:
    version = draft()
    count = Change.objects.count()
    save_part(part=Question.objects.filter(version=version)[0], by=paula())
    assert Change.objects.count() == count


def test_a_change_is_written_once() -> None:
    draft()
    change = Change.objects.latest("id")
    with pytest.raises(TypeError):
        change.save()


# Parts that go


def test_deleted_parts_stay_readable_with_what_went_with_them() -> None:
    version = draft()
    pathway = Pathway.objects.filter(version=version, tree__isnull=False)[0]
    inside = Criterion.objects.filter(tree__pathway=pathway).count()
    pk, indication = pathway.pk, pathway.indication
    delete_part(part=pathway, by=paula())
    entry = told(version)[0]
    assert entry.startswith(f"Deleted pathway {pathway.name} in {indication.name}")
    page = history(version)
    gone = [item.get_text() for item in page.select(".history-entry")[0].select("details li")]
    assert sum(item.startswith("criterion") for item in gone) >= inside > 1
    address = reverse("admin:criteria_pathway_history", args=[pk])
    assert page.select_one(f'a[href="{address}"]')
    assert "was deleted" in visit(paula()).get(address).text


def test_what_went_with_a_part_is_told_of_its_own_deletion() -> None:
    version = draft()
    pathway = Pathway.objects.filter(version=version, tree__isnull=False)[0]
    inside = sum(isinstance(row, Part) for row in going_with(pathway)) - 1
    delete_part(part=pathway, by=paula())
    back = restore_part(removed=RemovedPart.objects.get(), by=paula())
    delete_part(part=back, by=paula())
    entries = [" ".join(e.get_text(" ").split()) for e in history(version).select(".history-what")]
    going = [words for words in entries if "went with it" in words]
    assert len(going) == 2
    assert all(words.startswith("Deleted pathway") for words in going)
    assert all(f" {inside} parts went with it" in words for words in going)


def test_a_part_shows_what_stood_in_it() -> None:
    version = draft()
    choice = QuestionChoice.objects.filter(version=version, passing_in=None, reviewed_in=None)[0]
    delete_part(part=choice, by=paula())
    assert told(choice.question)[0].startswith(f"Deleted question choice {choice.label}")


def test_history_of_a_discarded_draft_goes_with_it() -> None:
    version = draft()
    discard_draft(version=version, by=paula())
    assert not Change.objects.filter(version__isnull=False).exists()
    connection.check_constraints()


# The page


def test_admin_button_leads_to_it() -> None:
    question = Question.objects.filter(version=draft())[0]
    client = visit(paula())
    assert screen(question, "history") in client.get(screen(question)).text
    edit(client, screen(question), wording="Another wording?")
    assert "Wording" in told(question)[0]


def test_filter_by_part_and_person() -> None:
    version = draft()
    question, pathway = Question.objects.filter(version=version)[0], Pathway.objects.all()[0]
    question.help, pathway.name = "Help.", "Another"
    save_part(part=question, by=paula())
    save_part(part=pathway, by=person("paul", Role.POLICY_EDITORS))
    assert len(told(version, kind="question")) == 1
    assert "Another" in told(version, person="paul")[0]
    assert told(version, person="paul", kind="question") == []
    assert told(version, kind="nonsense", page="many") == []


def test_pages_keep_the_filter(django_assert_max_num_queries: Any) -> None:
    version = draft()
    question = Question.objects.filter(version=version)[0]
    for number in range(PER_PAGE + 1):
        question.help = f"Help {number}"
        save_part(part=question, by=paula())
    client = visit(paula())
    page = history(version, client, kind="question")
    older = page.select_one(".history-pager a")
    assert older is not None
    assert older["href"] == "?kind=question&page=2"
    assert len(told(version, kind="question", page="2")) == 1
    with django_assert_max_num_queries(20):
        history(version, client)


def test_readers_read_and_prescribers_of_no_staff_do_not() -> None:
    version = published()
    assert history(version, visit(person("rhea", Role.REVIEWERS)))
    stranger = person("eve")
    assert visit(stranger).get(screen(version, "history")).status_code == 302
    stranger.is_staff = True
    stranger.save()
    assert visit(stranger).get(screen(version, "history")).status_code == 403


@pytest.mark.parametrize("pk", ["999999", "nonsense", "9" * 30])
def test_what_never_was_is_not_found(pk: str) -> None:
    address = reverse("admin:criteria_question_history", args=[pk])
    assert visit(paula()).get(address).status_code == 404


def test_the_bare_table_is_not_shown() -> None:
    assert Change not in admin.site._registry
