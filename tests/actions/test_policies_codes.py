"""A pasted list of codes: what is read, what it would do, and saving it whole or not at all."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policy_codes.plan import CodeList, CodePlan, plan_codes
from criteria.actions.policy_codes.read import GivenCode, UnreadableLine, read_codes
from criteria.actions.policy_codes.save import delete_code, save_codes
from criteria.models import (
    Change,
    Code,
    Criterion,
    Event,
    Indication,
    PolicyVersion,
    PublishedVersionError,
)
from criteria.rules.terms import CodeSystem
from tests.factories.icd10 import load_small_table
from tests.factories.people import paula, person
from tests.factories.policy import draft, published

ICD10, HCPCS, CPT = CodeSystem.ICD10, CodeSystem.HCPCS, CodeSystem.CPT


def said(text: str, system: CodeSystem = ICD10) -> list[tuple[str, str, str, str]]:
    read = list(read_codes(text, system))
    assert all(isinstance(one, GivenCode) for one in read), read
    return [(c.code, c.last, c.description, c.lines) for c in read if isinstance(c, GivenCode)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("G61.81", ("G61.81", "", "", "")),
        ("g6181", ("G61.81", "", "", "")),
        ("  G61.81** ", ("G61.81", "", "", "")),
        ("G61.81 Chronic, of nerves", ("G61.81", "", "Chronic, of nerves", "")),
        ("G61.81\tChronic\t688", ("G61.81", "", "Chronic", "688")),
        ("G61.81; Chronic†", ("G61.81", "", "Chronic", "")),
        ("G61.81 - Chronic", ("G61.81", "", "Chronic", "")),
        ("• G61.81: Chronic", ("G61.81", "", "Chronic", "")),
        ("-G61.81", ("G61.81", "", "", "")),
        ("12. G61.81 Chronic", ("G61.81", "", "Chronic", "")),
        ('"G61.81","Chronic, of nerves"', ("G61.81", "", "Chronic, of nerves", "")),
        ("| G61.81 | Chronic | 12-14 |", ("G61.81", "", "Chronic", "12-14")),
        ("Chronic\tG61.81", ("G61.81", "", "Chronic", "")),
        ("G61.81 Chronic (lines 12-14, 20)", ("G61.81", "", "Chronic", "12-14, 20")),
        ("E53.8 B12 deficiency", ("E53.8", "", "B12 deficiency", "")),
        ("m33.00-M33.99", ("M33.00", "M33.99", "", "")),
        ("M33.00 through M33.99 line 7", ("M33.00", "M33.99", "", "7")),
        ("M33.-", ("M33", "", "", "")),
        ("G61.81\u200b\u00a0Chronic", ("G61.81", "", "Chronic", "")),
    ],
)
def test_line_is_read(text: str, expected: tuple[str, ...]) -> None:
    assert said(text) == [expected]


def test_several_codes_stand_on_a_line() -> None:
    codes = [code for code, *_ in said("g61.81, G61.82; d80.0* D80.1\n\nD80.2")]
    assert codes == ["G61.81", "G61.82", "D80.0", "D80.1", "D80.2"]


def test_other_systems_are_read() -> None:
    assert said("j1561 Gamunex", HCPCS) == [("J1561", "", "Gamunex", "")]
    assert said("1. 90284\n0001a", CPT) == [("90284", "", "", ""), ("0001A", "", "", "")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ICD-10 code and description", "does not begin with an ICD-10-CM code"),
        ("G61.81Chronic", "does not begin with an ICD-10-CM code"),
        ("M33.00-99", "both ends of the range whole"),
        ("M99-M33", "runs backwards"),
        ("G61.81 Chronic, G61.82 Motor", "G61.82 stands in the description"),
        ("G61.81 " + "x" * 1000, "longer than 1,000 characters"),
    ],
)
def test_line_that_cannot_be_read_is_told_by_number(text: str, why: str) -> None:
    found = [
        one for one in read_codes(f"G61.0\n\n{text}", ICD10) if isinstance(one, UnreadableLine)
    ]
    (one,) = found
    assert one.at == 3
    assert why in one.why


def test_range_of_billing_codes_is_not_spelled_out() -> None:
    (one,) = read_codes("J1561-J1569", HCPCS)
    assert isinstance(one, UnreadableLine)


# What a list would do


@pytest.fixture
def version(db: None) -> PolicyVersion:
    load_small_table()
    return draft()


def plan(version: PolicyVersion, text: str, **more: Any) -> CodePlan:
    return plan_codes(version, CodeList(more.pop("system", ICD10), text, **more))


def save(version: PolicyVersion, text: str, **more: Any) -> CodePlan:
    given = CodeList(more.pop("system", ICD10), text, **more)
    return save_codes(
        version=version, given=given, seen=plan_codes(version, given).mark, by=paula()
    )


def stored(version: PolicyVersion, system: CodeSystem = ICD10) -> dict[str, Code]:
    return {row.code: row for row in Code.objects.filter(version=version, system=system)}


def test_new_codes_are_described_by_the_table(version: PolicyVersion) -> None:
    found = plan(version, "G61.81\nG61.0 Own words\t12", lines="700")
    assert [(c.code, c.description, c.lines) for c in found.added] == [
        ("G61.81", "Chronic inflammatory demyelinating polyneuritis", "700"),
        ("G61.0", "Own words", "12"),
    ]
    assert not found.stops


def test_range_is_spelled_out_from_the_table(version: PolicyVersion) -> None:
    found = plan(version, "D59.10-D59.19 (line 7)")
    assert [c.code for c in found.added] == ["D59.10", "D59.11", "D59.12", "D59.13", "D59.19"]
    assert {c.lines for c in found.added} == {"7"}
    (empty,) = plan(version, "Q10-Q11").unreadable
    assert "no code in this range" in empty.why


def test_unknown_codes_name_what_is_near(version: PolicyVersion) -> None:
    found = plan(version, "G61.80 x\nQ99.9 y", lines="1")
    assert [(d.code, d.why) for d in found.unknown] == [
        ("G61.80", "Below G61.8 are G61.81, G61.82 and G61.89."),
        ("Q99.9", ""),
    ]


def test_headings_name_the_codes_below(version: PolicyVersion) -> None:
    (doubt,) = plan(version, "G35", lines="1").headings
    assert doubt.code == "G35"
    assert doubt.why == "Billed are G35.A, G35.B0, G35.B1 and G35.D."


def test_codes_given_twice_name_their_lines(version: PolicyVersion) -> None:
    found = plan(version, "G61.81\nG61.0\ng6181 Words", lines="1")
    assert found.twice == (("G61.81", (1, 3)),)
    assert [c.description for c in found.added][0] == "Words"


def test_code_of_other_days_is_not_billable(version: PolicyVersion) -> None:
    row = Code.objects.filter(version=version, system=ICD10).first()
    assert row is not None
    Code.objects.filter(pk=row.pk).update(last_day="2001-01-01", note="Now G61.0.")
    (doubt,) = plan(version, row.code).not_billable
    assert doubt.why == "Billed up to 1 Jan 2001. Now G61.0."


def test_what_must_be_mended_stops(version: PolicyVersion) -> None:
    found = plan(version, "Q99.9\nheading\nG61.81")
    assert found.stops == (
        "1 line cannot be read: mend it, or leave it out.",
        "No description is known: write one after Q99.9.",
        "No line of the source is given for Q99.9, G61.81: give one for all or for each.",
    )


def test_nothing_is_removed_unless_the_list_is_replaced(version: PolicyVersion) -> None:
    listed = {c for c, row in stored(version).items() if row.listed}
    assert listed
    assert not plan(version, "G61.81", lines="1").removed
    found = plan(version, "G61.81", lines="1", replaces=True)
    assert {c.code for c in found.removed} == listed
    assert not plan(version, "", replaces=True).removed


def test_changed_description_is_told_and_saved(version: PolicyVersion) -> None:
    code, row = next((c, r) for c, r in stored(version).items() if r.listed)
    assert plan(version, f"{code} {row.description.upper()}.").unchanged == (code,)
    found = save(version, f"{code} Other words\t99")
    assert [c.values[0] for c in found.changed] == [("description", row.description, "Other words")]
    row.refresh_from_db()
    assert (row.description, row.lines) == ("Other words", "99")
    change = Change.objects.of_row(row).get()
    assert change.changes["description"][1] == "Other words"
    assert change.event.actor_name == "paula"


def test_list_is_replaced_in_one_event(version: PolicyVersion) -> None:
    kept = next(c for c, r in stored(version).items() if r.listed)
    mapped = {c for c, r in stored(version).items() if not r.listed}
    use = Indication.objects.get(version=version, key="immune")
    events = Event.objects.count()
    save(version, f"G61.81\n{kept}", lines="5", replaces=True, indication=use.pk)
    rows = stored(version)
    assert set(rows) == {"G61.81", kept} | mapped
    assert list(rows["G61.81"].indications.all()) == [use]
    assert Event.objects.count() == events + 1
    event = Event.objects.filter(verb="codes").get()
    assert "1 added" in event.summary
    actions = set(Change.objects.filter(version=version).values_list("action", flat=True))
    assert Change.Action.CREATE in actions


def test_unproven_use_is_suggested_as_such(version: PolicyVersion) -> None:
    use = Indication.objects.get(version=version, key="asthma")
    save(version, "J45.50", lines="5", indication=use.pk)
    assert list(stored(version)["J45.50"].unproven.all()) == [use]


def test_other_plan_than_seen_is_refused(version: PolicyVersion) -> None:
    given = CodeList(ICD10, "G61.81", lines="5")
    seen = plan_codes(version, given).mark
    save(version, "G61.81", lines="6")
    with pytest.raises(EditionRefusedError, match="not what was checked"):
        save_codes(version=version, given=given, seen=seen, by=paula())
    assert stored(version)["G61.81"].lines == "6"


def test_nothing_is_saved_while_something_stops(version: PolicyVersion) -> None:
    before = set(stored(version))
    with pytest.raises(EditionRefusedError, match="cannot be read"):
        save(version, "G61.81\nno code", lines="5")
    assert set(stored(version)) == before
    save(version, "G61.81\nno code", lines="5", skips=True)
    assert set(stored(version)) == before | {"G61.81"}


def test_code_a_criterion_names_is_kept(version: PolicyVersion) -> None:
    row = next(r for r in stored(version).values() if r.listed)
    leaf = Criterion.objects.get(version=version, key="not-cured")
    Criterion.objects.filter(pk=leaf.pk).update(passes_on=None, codes=f"E11 {row.code}")
    found = plan(version, "G61.81", lines="5", replaces=True)
    removal = next(c for c in found.removed if c.code == row.code)
    assert [(p.model, p.pk, p.holds) for p in removal.places if p.holds] == [
        ("criterion", leaf.pk, True)
    ]
    assert any(f"A criterion names {row.code}" in words for words in found.stops)
    with pytest.raises(EditionRefusedError, match="Take it out there first"):
        delete_code(code=row, by=paula())
    Criterion.objects.filter(pk=leaf.pk).update(codes="")
    delete_code(code=row, by=paula())
    assert row.code not in stored(version)


def test_only_editors_of_drafts_save(version: PolicyVersion) -> None:
    given = CodeList(ICD10, "G61.81", lines="5")
    rhea = person("rhea", Role.REVIEWERS)
    with pytest.raises(PermissionDenied):
        save_codes(version=version, given=given, seen="", by=rhea)
    other = published(key="other", line_of_business="medicare")
    with pytest.raises(PublishedVersionError):
        save_codes(version=other, given=given, seen="", by=paula())


def test_thousand_codes_cost_few_queries(version: PolicyVersion) -> None:
    text = "\n".join(f"Q{n // 100:02}.{n % 100:02} Words {n}" for n in range(1000))
    save(version, text, lines="5")
    changed = text.replace("Words", "Other words")
    with CaptureQueriesContext(connection) as queries:
        assert len(plan(version, changed).changed) == 1000
    assert len(queries) <= 12
    with CaptureQueriesContext(connection) as queries:
        save(version, "G61.81", lines="5", replaces=True)
    assert len(queries) <= 120
