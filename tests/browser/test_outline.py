"""An editor builds the criteria of a pathway in the outline: by mouse, by keyboard, by dragging."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from criteria.accounts.permissions import Role
from criteria.actions.example_patients.edit import save_patient
from criteria.actions.policies.parts import save_part
from criteria.actions.policy_tree.lines import duplicate_line
from criteria.actions.policy_tree.tree import Direction, move_criterion
from criteria.models import (
    CriteriaTree,
    Criterion,
    ExamplePatient,
    Indication,
    Pathway,
    PolicyVersion,
)
from criteria.policies.stored.draft_parts import draft_tree
from criteria.rules.explain import in_words
from tests.actions.trees import line
from tests.browser.outline import (
    TITLE,
    ask,
    build,
    come_in,
    drag,
    drawn,
    form_of,
    more,
    row,
    saved,
    settled,
)
from tests.factories.people import paula, person
from tests.factories.policy import draft

GRAVE = {"serious", "critical"}


@pytest.fixture
def version(transactional_db: None) -> PolicyVersion:
    return draft()


@pytest.fixture
def pathway(page: Page, version: PolicyVersion) -> Pathway:
    """A new pathway, and Paula on its page."""
    indication = Indication.objects.get(version=version, key="immune")
    made = Pathway(
        version=version,
        indication=indication,
        key="late",
        name="Late",
        serves="initial",
        lines="8",
    )
    save_part(part=made, by=paula())
    come_in(page, paula(), f"/admin/criteria/pathway/{made.pk}/change/")
    return made


@pytest.fixture
def first(page: Page, version: PolicyVersion) -> CriteriaTree:
    """The tree of the first pathway, and Paula in its editor."""
    tree = line(version, "root").tree
    come_in(page, paula(), f"/admin/criteria/criteriatree/{tree.pk}/outline/")
    return tree


def test_pathway_is_built_from_nothing(page: Page, pathway: Pathway) -> None:
    build(page)
    tree = pathway.tree
    assert drawn(tree) == [
        "All of these",
        "1 IgG level",
        "2 Is it diagnosed",
        "3 Some",
        "3.1 Steroids",
        "3.2 Drugs tried",
        "3.3 Day of the transplant",
        "4 After a relapse",
        "4a Day of the relapse",
        "4.1 Which kind",
    ]
    node = draft_tree(tree).node
    assert node is not None
    expect(page.locator("#outline-words")).to_contain_text(in_words(node))
    expect(page.locator("#outline-words")).to_contain_text(
        "At least 2 of 3".lower() + ": Steroids (failure)"
    )
    expect(row(page, "Some")).to_contain_text("At least 2 of these 3")


def test_line_is_moved_by_keyboard_and_keeps_the_focus(page: Page, first: CriteriaTree) -> None:
    title = page.get_by_role("link", name="Title of kind", exact=True)
    title.focus()
    page.keyboard.press("Alt+ArrowUp")
    settled(page)
    expect(title).to_be_focused()
    assert drawn(first)[3:5] == ["2.1 Title of kind", "2.2 Title of igg"]
    for key in ("ArrowDown", "ArrowDown", "ArrowLeft"):  # faster than the answers come
        page.keyboard.press(f"Alt+{key}")
    expect(row(page, "Title of kind").locator(".outline-number")).to_have_text("3")
    expect(title).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect(row(page, "Title of kind").locator(".outline-number")).to_have_text("2.3")
    assert drawn(first)[5] == "2.3 Title of kind"


def test_refused_move_is_said_at_the_line(page: Page, first: CriteriaTree) -> None:
    title = page.get_by_role("link", name="Title of stated", exact=True)
    title.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(row(page, "Title of stated")).to_contain_text("already at the end")
    expect(title).to_be_focused()


def test_patients_of_the_pathway_are_judged_again(page: Page, pathway: Pathway) -> None:
    """What was done stays said, and the panel above says how the patients stand now."""
    stated = {"on": "2026-11-20", "indication": "immune", "pathway": "late", "phase": "initial"}
    panel = page.get_by_role("region", name="Tried out")
    expect(panel).to_contain_text("none yet")
    patient = ExamplePatient(
        policy=pathway.version.policy, name="Ida", stated=stated, expected="meets"
    )
    save_patient(patient=patient, by=paula())
    inside = f"Add question inside {TITLE}"
    ask(page, inside, "diagnosed", "Is it diagnosed", "12", passes_on="No")
    expect(panel).to_contain_text("1 changed")
    expect(page.locator("#outline-done")).not_to_contain_text("signed out")


def test_line_is_dragged(page: Page, first: CriteriaTree) -> None:
    drag(page, "The dose", "Title of stated", 0.1)
    expect(row(page, "The dose").locator(".outline-number")).to_have_text("1")
    drag(page, "The dose", "Some of these", 0.9)
    expect(row(page, "The dose").locator(".outline-number")).to_have_text("2.4")
    assert drawn(first)[6] == "2.4 The dose"


def test_duplicate_delete_and_undo(page: Page, first: CriteriaTree) -> None:
    before = drawn(first)
    more(page, "Some of these", "Duplicate")
    expect(page.get_by_role("link", name="Some of these", exact=True)).to_have_count(2)
    more(page, "Some of these", "Delete")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert drawn(first) == before
    page.reload()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Some of these", exact=True)).to_have_count(2)
    assert len(drawn(first)) == len(before) + 4


def test_group_is_joined_in_another_way(page: Page, first: CriteriaTree) -> None:
    line = row(page, "Some of these")
    line.get_by_label("How many at least").fill("3")
    line.get_by_label("How many at least").press("Enter")
    expect(line).to_contain_text("At least 3 of these 3")
    line.get_by_label("How the members are joined").select_option("any")
    line.get_by_role("button", name="Set").click()
    expect(line).to_contain_text("At least 1 of these 3")
    expect(line.get_by_role("button", name="Set")).to_be_focused()


def test_open_form_survives_what_happens_around_it(page: Page, first: CriteriaTree) -> None:
    page.get_by_role("link", name="Title of igg", exact=True).click()
    form = form_of(page)
    expect(form.get_by_label("Title")).to_be_focused()
    form.get_by_label("Title").fill("IgG is low")
    row(page, "Title of kind").get_by_role("button", name="Move up").click()
    expect(row(page, "Title of kind").locator(".outline-number")).to_have_text("2.1")
    expect(form.get_by_label("Title")).to_have_value("IgG is low")
    page.get_by_role("link", name="Title of igg", exact=True).click()
    expect(page.locator("#outline-done")).to_contain_text("save or close it first")
    expect(form.get_by_label("Title")).to_have_value("IgG is low")
    saved(page)
    expect(page.get_by_role("link", name="IgG is low", exact=True)).to_be_focused()
    assert Criterion.objects.get(tree=first, title="IgG is low").question is not None


def test_second_editor_is_told_and_loses_nothing(
    page: Page, version: PolicyVersion, first: CriteriaTree
) -> None:
    page.get_by_role("link", name="Title of igg", exact=True).click()
    form_of(page).get_by_label("Title").fill("IgG is low")
    moved = line(version, "steroid")
    peter: Any = person("peter", Role.POLICY_EDITORS)
    move_criterion(criterion=moved, direction=Direction.UP, by=peter)
    form_of(page).get_by_role("button", name="Save the line").click()
    expect(form_of(page)).to_contain_text("peter changed this outline after you opened it")
    expect(form_of(page).get_by_label("Title")).to_have_value("IgG is low")
    expect(row(page, "Title of steroid").locator(".outline-number")).to_have_text("2.2")
    saved(page)
    expect(page.get_by_role("link", name="IgG is low", exact=True)).to_be_visible()


def test_signing_in_again_loses_nothing(page: Page, first: CriteriaTree) -> None:
    page.get_by_role("link", name="Title of igg", exact=True).click()
    form_of(page).get_by_label("Title").fill("IgG is low")
    page.context.clear_cookies(name="sessionid")
    form_of(page).get_by_role("button", name="Save the line").click()
    expect(page.locator("#outline-done")).to_contain_text("You are signed out")
    expect(form_of(page).get_by_label("Title")).to_have_value("IgG is low")
    other = page.context.new_page()
    come_in(other, paula(), "/admin/")
    saved(page)
    expect(page.get_by_role("link", name="IgG is low", exact=True)).to_be_visible()


def test_question_is_added_without_scripts(
    browser: Browser, live_server: Any, version: PolicyVersion
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page, root = context.new_page(), line(version, "root")
    come_in(page, paula(), f"/admin/criteria/criteriatree/{root.tree_id}/outline/")
    page.get_by_role("link", name="Add question inside Some of these", exact=True).click()
    form = form_of(page)
    form.get_by_label("Search the questions").fill("relapse")
    form.get_by_role("button", name="Search", exact=True).click()
    form.get_by_role("radio", name="Day of the relapse").check()
    form.get_by_role("button", name="Use this question").click()
    form.get_by_label("Within").fill("10")
    form.get_by_label("Unit").select_option("days")
    form.get_by_label("Lines").fill("12")
    form.get_by_label("Lines").press("Enter")
    expect(row(page, "Day of the relapse")).to_contain_text("at most 10 days before the request")
    row(page, "Day of the relapse").get_by_role("button", name="Move up").click()
    expect(row(page, "Day of the relapse").locator(".outline-number")).to_have_text("2.3")
    context.close()


def test_escape_closes_a_form_without_changes(page: Page, first: CriteriaTree) -> None:
    title = page.get_by_role("link", name="Title of igg", exact=True)
    title.click()
    expect(form_of(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(form_of(page)).to_have_count(0)
    expect(title).to_be_focused()


def test_scroll_stays(page: Page, version: PolicyVersion, first: CriteriaTree) -> None:
    """Also in an outline much longer than the window, wherever it stands."""
    for _ in range(8):
        duplicate_line(criterion=line(version, "some"), by=paula())
    page.set_viewport_size({"width": 1280, "height": 500})
    page.reload()
    dose = row(page, "The dose")
    dose.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 1000
    for button in ("Move up", "Move down"):
        dose.get_by_role("button", name=button).click()
        expect(page.locator("#outline-done")).to_contain_text(button.removeprefix("Move "))
        settled(page)
        assert abs(page.evaluate("scrollY") - before) < 5
    more(page, "The dose", "Delete")
    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_serious_for_a_screen_reader(page: Page, first: CriteriaTree, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("link", name="Title of igg", exact=True).click()
    expect(form_of(page)).to_have_count(1)
    more(page, "The dose", "Delete")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    # Its reading of imported styles would break the content security policy of the page.
    options = {"resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, context=".outline-panel", options=options).response["violations"]
    assert not [(r["id"], r["nodes"][0]["html"]) for r in found if r["impact"] in GRAVE]
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 1
