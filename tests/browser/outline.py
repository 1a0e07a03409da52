"""Steps of an editor in the outline, as a person takes them in a browser."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from criteria.models import CriteriaTree
from criteria.policies.stored.draft_parts import draft_tree
from criteria.rules.explain import outline

TITLE = "All of these"


def come_in(page: Page, user: User, url: str) -> None:
    """Open a page of the admin, signed in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.goto("/accounts/login/")
    root = "/".join(page.url.split("/")[:3])
    cookie: Any = {"name": name, "value": client.cookies[name].value, "url": root}
    page.context.add_cookies([cookie])
    page.goto(url)


def row(page: Page, title: str) -> Locator:
    """The line of a title."""
    named = page.get_by_role("link", name=title, exact=True)
    return page.locator(".outline-line", has=named).first


def form_of(page: Page) -> Locator:
    """The form that is open."""
    return page.locator("form.outline-form")


def saved(page: Page) -> None:
    """Press Save, and wait until the form is gone."""
    form_of(page).get_by_role("button", name="Save the line").click()
    expect(form_of(page)).to_have_count(0)


def ask(page: Page, add: str, words: str, question: str, lines: str, **typed: Any) -> None:
    """Add a question: found by some words, with its passing condition and its lines."""
    page.get_by_role("link", name=add, exact=True).click()
    form = form_of(page)
    form.get_by_label("Search the questions").fill(words)
    form.get_by_role("radio", name=question).check()
    form.locator(f"[id$=-{next(iter(typed))}]").first.wait_for()
    for name, value in typed.items():
        field = form.locator(f"[name={name}]")
        if name in ("passing", "reviewer"):
            form.get_by_role("group", name=name).get_by_label(value).check()
        elif value is True:
            field.check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    form.get_by_label("Lines").fill(lines)
    saved(page)


def group(page: Page, add: str, kind: str, title: str, lines: str, n: str = "") -> None:
    """Add a group or a when-then."""
    page.get_by_role("link", name=add, exact=True).click()
    form = form_of(page)
    if kind:
        form.get_by_label("What it is").select_option(label=kind)
    if n:
        form.get_by_label("How many at least").fill(n)
    form.get_by_label("Title").fill(title)
    form.get_by_label("Lines").fill(lines)
    saved(page)


def new(wording: str, kind: str, **more: str) -> dict[str, str]:
    """A question that nobody asks yet; its kind as the form names it."""
    return {"wording": wording, "kind": kind, **more}


def write(
    page: Page, add: str, lines: str, question: dict[str, str], *, title: str, **passes: Any
) -> None:
    """Add a line with a question that is written for it."""
    page.get_by_role("link", name=add, exact=True).click()
    form = form_of(page)
    form.get_by_role("radio", name="Write a new question").check()
    form.get_by_label("Wording").fill(question["wording"])
    form.get_by_label("Kind of answer").select_option(label=question["kind"])
    if "unit" in question:
        form.get_by_label("Unit").fill(question["unit"])
    form.get_by_role("button", name="Add it to the questions").click()
    expect(form.get_by_label("Title")).to_be_visible()
    say_what_passes(form, passes)
    form.get_by_label("Title").fill(title)
    form.get_by_label("Lines").fill(lines)
    saved(page)
    expect(row(page, title)).to_contain_text(f"line {lines}")


def say_what_passes(form: Locator, passes: dict[str, Any]) -> None:
    """Fill the passing condition."""
    for name, value in passes.items():
        field = form.locator(f"[name={name}]")
        field.wait_for()
        if value is True:
            field.check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def menu(page: Page, title: str, words: str) -> None:
    """Open a form from the menu of a line."""
    row(page, title).locator("summary").click()
    page.get_by_role("link", name=words, exact=True).click()


def finish(page: Page, title: str, lines: str) -> None:
    """Give the open form its title and lines, and save."""
    form_of(page).get_by_label("Title").fill(title)
    form_of(page).get_by_label("Lines").fill(lines)
    saved(page)
    expect(row(page, title)).to_be_visible()


def more(page: Page, title: str, words: str) -> None:
    """Choose something from the menu of a line."""
    line = row(page, title)
    line.locator("summary").click()
    line.locator("details").get_by_text(words, exact=True).first.click()


def drag(page: Page, title: str, onto: str, part: float) -> None:
    """Drag a line onto another; ``part`` of its height from the top."""
    handle = row(page, title).locator(".outline-handle")
    target = row(page, onto)
    box = target.bounding_box()
    assert box is not None
    position = {"x": box["width"] / 2, "y": box["height"] * part}
    handle.drag_to(target, target_position=position)  # type: ignore[arg-type]


def drawn(tree: CriteriaTree) -> list[str]:
    """The stored tree: numbers and titles."""
    node = draft_tree(tree).node
    assert node is not None
    return [f"{each.number} {each.title}".strip() for each in outline(node)]


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def build(page: Page) -> None:
    """Three questions, a group of which two are needed, and a when-then."""
    inside = f"Add question inside {TITLE}"
    ask(page, inside, "igg", "IgG level", "11", comparison="below (<)", threshold="400")
    ask(page, inside, "diagnosed", "Is it diagnosed", "12", passes_on="Yes")
    group(page, f"Add group inside {TITLE}", "At least so many of these", "Some", "13", n="2")
    some = "Add question inside Some"
    ask(page, some, "steroids", "Steroids", "14", accepts_failure=True)
    ask(page, some, "drugs", "Drugs tried", "15", comparison="at least (≥)", threshold="2")
    ask(
        page,
        some,
        "transplant",
        "Day of the transplant",
        "16",
        window_count="100",
        window_unit="days",
    )
    row(page, "Some").locator("summary").click()
    group(page, "Add when-then after Some", "", "After a relapse", "17")
    when = "Add question as the condition of After a relapse"
    weeks = {"window_count": "2", "window_unit": "weeks"}
    ask(page, when, "relapse", "Day of the relapse", "18", **weeks)
    then = "Add question as what counts then in After a relapse"
    ask(page, then, "which", "Which kind", "19", passing="Common")
