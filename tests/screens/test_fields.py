"""Fields of forms: drawn by crispy-forms and one template pack of ours, and by nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings
from django.http import QueryDict

from criteria.screens.fields import Day, Number, Pick, Text, Tick, YesNo
from criteria.screens.forms import DrawnForm, Unseen, UnseenForm, UnseenNumber, unseen
from criteria.screens.layout import FieldRow, FieldSection, LineField

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PACK = TEMPLATES / str(settings.CRISPY_TEMPLATE_PACK)
RAW = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
# A button, whatever it is called: the style of Django's delete page knows only this one.
BUTTON = re.compile(r'<input type="(?:submit|button|reset)"')


class EveryKind(DrawnForm):
    """A field of each kind."""

    name = Text("Name", help_text="As on the card.")
    short = Text("Short", wide=False)
    lines_of_text = Text("Notes", rows=3)
    weight = Number("Weight")
    born = Day("Born")
    sex = Pick("Sex", (("female", "Female"), ("male", "Male")))
    unit = Pick("Unit", (("kg", "kg"), ("lb", "lb")), as_list=True)
    again = YesNo("Again?")
    sure = Tick("Sure", "I am sure")
    seen = Unseen()


ASKED = [name for name, field in EveryKind.base_fields.items() if not isinstance(field, Unseen)]


def drawn(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(render_crispy_form(form)), "html.parser")


def every_kind(**typed: str) -> BeautifulSoup:
    sent = QueryDict(mutable=True)
    sent.update(typed)
    return drawn(EveryKind(sent))


def test_no_template_holds_an_input_of_its_own() -> None:
    for path in sorted(TEMPLATES.rglob("*.html")):
        if PACK in path.parents:
            continue
        raw = [each for each in RAW.findall(path.read_text()) if not BUTTON.match(each)]
        assert not raw, path.relative_to(TEMPLATES)


def test_one_pack_draws() -> None:
    assert settings.CRISPY_ALLOWED_TEMPLATE_PACKS == settings.CRISPY_TEMPLATE_PACK
    assert PACK.is_dir()
    assert not any("bootstrap5" in app for app in settings.INSTALLED_APPS)


@pytest.mark.parametrize("name", ASKED)
def test_each_kind_has_a_name_and_a_note_that_is_read_out(name: str) -> None:
    soup = every_kind()
    (field,) = soup.select(f'[data-field="{name}"]')
    title = field.find("legend") if field.name == "fieldset" else field.find("label")
    assert title is not None
    assert title.text == EveryKind.base_fields[name].label
    told = field if field.name == "fieldset" else field.select_one("input, select, textarea")
    assert told is not None
    for each in str(told["aria-describedby"]).split():
        assert field.find(id=each) is not None, each
    for control in field.select("input, select, textarea"):
        assert control["name"] == name
        assert field.find("label", attrs={"for": control["id"]}) is not None


def test_ids_stand_once() -> None:
    ids = [str(each["id"]) for each in every_kind().find_all(id=True)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "name,typed", [("weight", "heavy"), ("born", "once"), ("sex", "cat"), ("unit", "st")]
)
def test_what_is_wrong_stands_at_its_field(name: str, typed: str) -> None:
    soup = every_kind(**{name: typed})
    (problem,) = soup.select(".problem")
    assert problem.find_parent(id=f"note-{name}") is not None
    wrong = soup.select('[aria-invalid="true"]')
    assert [each["name"] for each in wrong] == ([] if name == "sex" else [name])
    assert not every_kind().select('[aria-invalid="true"], .problem')


@pytest.mark.parametrize(
    "name,typed,shown",
    [
        ("name", 'Doe" <b>', 'Doe" <b>'),
        ("lines_of_text", "\n<b>\n", "\n<b>\n"),
        ("weight", "heavy", "heavy"),
        ("born", "14 May 2026", "2026-05-14"),
        ("born", "once", "once"),
    ],
)
def test_what_was_typed_is_drawn_again(name: str, typed: str, shown: str) -> None:
    control = every_kind(**{name: typed}).select_one(f'[name="{name}"]')
    assert control is not None
    found = control.text.removeprefix("\n") if control.name == "textarea" else control["value"]
    assert found == shown


def test_a_day_that_cannot_be_read_stands_in_a_plain_field() -> None:
    for typed, kind in (("", "date"), ("2026-05-14", "date"), ("once", "text")):
        control = every_kind(born=typed).select_one('[name="born"]')
        assert control is not None
        assert control["type"] == kind


def test_an_answer_can_be_cleared_and_none_is_chosen_at_first() -> None:
    for typed, chosen in (("", []), ("male", ["male"]), ("cat", [])):
        buttons = every_kind(sex=typed).select('[name="sex"]')
        assert [each["value"] for each in buttons] == ["female", "male", ""]
        assert [each["id"] for each in buttons] == ["id_sex_female", "id_sex_male", "id_sex_none"]
        assert [each["value"] for each in buttons if each.has_attr("checked")] == chosen


def test_a_box_is_ticked_by_its_own_value_alone() -> None:
    for typed, is_ticked in (("yes", True), ("no", False), ("on", False), ("", False)):
        control = every_kind(sure=typed).select_one('[name="sure"]')
        assert control is not None
        assert control.has_attr("checked") is is_ticked
        assert EveryKind({"sure": typed}).fields["sure"].clean(typed) is is_ticked


def test_rows_hold_their_notes_below_the_fields() -> None:
    class InRows(EveryKind):
        lines = (FieldSection("Body", FieldRow("weight", "unit")), LineField("name"))

    soup = drawn(InRows())
    assert soup.select_one(".form-section > h2").text == "Body"  # type: ignore[union-attr]
    assert len(soup.select(".row-notes > .note")) == 2
    assert not soup.select(".field-row .note")
    assert not soup.select("#note-name")


class Sent(UnseenForm):
    """What a page sends back."""

    where = Unseen()
    count = UnseenNumber()


@pytest.mark.parametrize(
    "sent,values",
    [
        ({}, ("", 0)),
        ({"where": "a", "count": "3"}, ("a", 3)),
        ({"where": "\0", "count": "\0"}, ("\0", 0)),
        ({"where": " a ", "count": "-1"}, (" a ", 0)),
        ({"where": "x" * 100_000, "count": "9" * 40}, ("x" * 100_000, 0)),
        ({"count": "1.5"}, ("", 0)),
    ],
)
def test_unseen_values_are_read_whatever_is_sent(sent: Any, values: tuple[str, int]) -> None:
    found = Sent(sent)
    assert found.is_valid()
    assert (found.values["where"], found.values["count"]) == values


def test_unseen_values_are_drawn_under_their_names() -> None:
    soup = BeautifulSoup(str(unseen({"a": 1, "b": '"<', "c": ""}, form="f")), "html.parser")
    found = {each["name"]: each["value"] for each in soup.select('input[type="hidden"][form="f"]')}
    assert found == {"a": "1", "b": '"<', "c": ""}
    assert not soup.find_all(id=True)
