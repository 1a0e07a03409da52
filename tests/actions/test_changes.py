"""The history holds every change: an edition is what it was, and what its events say since."""

from decimal import Decimal, InvalidOperation
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from criteria.actions.changes import values_of
from criteria.actions.policies.drafts import discard_draft
from criteria.actions.policies.parts import delete_part, save_part, save_policy, start_version
from criteria.actions.policies.restore import restore_part
from criteria.actions.policy_codes.plan import CodeList, plan_codes
from criteria.actions.policy_codes.save import save_codes
from criteria.actions.policy_tree.question import write_question
from criteria.actions.policy_tree.undo import remove_line, restore_line
from criteria.models import (
    Change,
    Event,
    Indication,
    Part,
    Pathway,
    Policy,
    PolicyVersion,
    Question,
    RemovedPart,
)
from criteria.models.change import name_of
from criteria.rules.terms import CodeSystem
from tests.actions.trees import line, tree_of
from tests.factories.icd10 import load_small_table
from tests.factories.people import paula, peter
from tests.factories.policy import draft, published
from tests.helpers.actions.edits import ACTIONS, ACTS, PARTS, Act

pytestmark = pytest.mark.django_db
Rows = dict[str, dict[str, object]]
KINDS = [
    model
    for model in apps.get_app_config("criteria").get_models()
    if issubclass(model, Part | Policy | PolicyVersion)
]
# Places among neighbors are counted anew with each move; links go with the row they lead to.
UNTOLD = {"position"} | {links.name for model in KINDS for links in model._meta.many_to_many}


def stored() -> Rows:
    """What every row of every edition says."""
    return {
        name_of(model, row.pk): told(values_of(row))
        for model in KINDS
        for row in model._base_manager.all()
    }


def told(values: Any) -> dict[str, object]:
    return {name: plain(value) for name, value in values.items() if name not in UNTOLD}


def plain(value: object) -> object:
    """As JSON has it; numbers without what stands for their columns' places, nothing as nothing."""
    words = "" if value is None or value == [] else str(value)
    try:
        return str(Decimal(words).normalize())
    except InvalidOperation:
        return words


def replayed(rows: Rows, events: Any) -> Rows:
    """The rows after the events, by what their changes say alone."""
    found = {name: dict(values) for name, values in rows.items()}
    for change in Change.objects.filter(event__in=events).order_by("id"):
        row = found.setdefault(change.own_name, {})
        for name, (old, new) in told_pairs(change):
            assert row.get(name, "") == old, (change, name)
            row[name] = new
        if change.action == Change.Action.DELETE:
            del found[change.own_name]
    return found


def told_pairs(change: Change) -> list[tuple[str, tuple[object, object]]]:
    pairs = change.changes.items()
    return [(n, (plain(o), plain(w))) for n, (o, w) in pairs if n not in UNTOLD]


def without_blanks(rows: Rows) -> Rows:
    return {n: {c: v for c, v in row.items() if v != ""} for n, row in rows.items()}


def bring_back_part(version: PolicyVersion, by: User) -> None:
    indication = Indication.objects.filter(version=version, pathways__isnull=False)[0]
    delete_part(part=indication, by=by)
    restore_part(removed=RemovedPart.objects.get(), by=by)


def bring_back_line(version: PolicyVersion, by: User) -> None:
    remove_line(criterion=line(version, "some"), by=by)
    restore_line(tree=tree_of(version), by=by)


def paste(version: PolicyVersion, by: User) -> None:
    load_small_table()
    codes = CodeList(CodeSystem.ICD10, "G61.81\tNerves\t5", replaces=True)
    save_codes(version=version, given=codes, seen=plan_codes(version, codes).mark, by=by)


def rename(version: PolicyVersion, by: User) -> None:
    version.policy.name = "Another name"
    save_policy(policy=version.policy, by=by)


def ask(version: PolicyVersion, by: User) -> None:
    question = Question(version=version, key="new", wording="Which?", type="choice")
    write_question(question=question, choices=["One", "Two"], by=by)


def add_pathway(version: PolicyVersion, by: User) -> None:
    columns = Pathway.objects.filter(version=version).values().first()
    assert columns is not None
    save_part(part=Pathway(**columns | {"id": None, "key": "another", "name": "Another"}), by=by)


def start(version: PolicyVersion, by: User) -> None:
    names = ("policy_id", "effective_from", "source", "authorization_months")
    columns = {name: getattr(version, name) for name in names}
    start_version(version=PolicyVersion(number="new", **columns), by=by)


def delete_indication(version: PolicyVersion, by: User) -> None:
    part = Indication.objects.filter(version=version, pathways__isnull=False)[0]
    delete_part(part=part, by=by)


EDITS: dict[str, Act] = {
    **{f"part: {name}": act for name, act in PARTS.items()},
    **{f"line: {name}": lambda v, by, act=act: act(v, None, by) for name, act in ACTS.items()},
    "delete": delete_indication,
    "bring back": bring_back_part,
    "undo": bring_back_line,
    "paste": paste,
    "rename": rename,
    "ask": ask,
    "add pathway": add_pathway,
    "start": start,
}


@pytest.mark.parametrize("name", EDITS)
def test_what_the_events_say_is_what_was_done(name: str) -> None:
    version = draft()
    before, events = stored(), set(Event.objects.values_list("pk", flat=True))
    EDITS[name](version, paula())
    new = Event.objects.exclude(pk__in=events)
    assert new
    assert without_blanks(replayed(before, new)) == without_blanks(stored())


@pytest.mark.parametrize("name", ["close", "in_review", "publish", "retire"])
def test_steps_of_an_edition_are_told_whole(name: str) -> None:
    make, act = ACTIONS[name]
    version = make()
    before, events = stored(), set(Event.objects.values_list("pk", flat=True))
    act(version, peter() if name != "in_review" else paula())
    new = Event.objects.exclude(pk__in=events)
    assert without_blanks(replayed(before, new)) == without_blanks(stored())
    assert Change.objects.of_row(version).filter(event__in=new)


def test_an_edition_taken_in_is_told_with_its_policy_once() -> None:
    published()
    draft(number="2")
    kinds = Change.objects.order_by("id").exclude(action="update")
    assert list(kinds.values_list("object_type", flat=True)) == [
        "policy",
        "policyversion",
        "policyversion",
    ]


def test_a_discarded_draft_keeps_what_was_done_to_it() -> None:
    version = draft()
    delete_indication(version, paula())
    gone = Change.objects.filter(version=version)
    deleted = set(gone.filter(action=Change.Action.DELETE).values_list("pk", flat=True))
    discard_draft(version=version, by=paula())
    left = Change.objects.filter(pk__in=deleted)
    assert left.count() == len(deleted) > 1
    assert {change.version for change in left} == {None}


def test_the_database_keeps_a_change_as_it_was_written() -> None:
    draft()
    for sql in ("UPDATE criteria_change SET name = ''", "DELETE FROM criteria_change"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
