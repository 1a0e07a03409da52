"""Policy staff make the commercial edition in force out of the one before it, by their screens.

What they type comes from the file of the later edition; where, from the file of the earlier one.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from criteria.actions.policies.base import load_policy_file
from criteria.models import Code, PolicyVersion, Question, Status
from criteria.policies.checks.check import problems_of
from criteria.policies.difference import EditionDifference, difference
from criteria.policies.file.schema import PolicyFile, QuestionCriterion
from criteria.policies.stored.load import edition_of
from tests.browser.outline import come_in, form_of, row, saved
from tests.factories.people import paula
from tests.factories.shipped import load_shipped
from tests.policies.shipped.earlier import EARLIER, LATER, POINTS, told

Leaf = QuestionCriterion
Groups = list[tuple[list[Leaf], list[Leaf]]]


@pytest.fixture
def earlier(page: Page, transactional_db: None) -> PolicyVersion:
    """The earlier edition, and Paula on its page."""
    version = load_policy_file(file=load_shipped(EARLIER)[0], by=paula()).version
    come_in(page, paula(), f"/admin/criteria/policyversion/{version.pk}/change/")
    return version


@pytest.fixture
def files() -> tuple[PolicyFile, PolicyFile]:
    return load_shipped(EARLIER)[0], load_shipped(LATER)[0]


def test_later_edition_is_made_by_the_screens(
    page: Page, earlier: PolicyVersion, files: tuple[PolicyFile, PolicyFile]
) -> None:
    old, new = files
    made = copied(page, new)
    say_what_it_is(page, new)
    reword(page, made, old, new)
    for pathway, groups in changed_groups(old, new):
        page.goto(f"/admin/criteria/pathway/{pk_of(made, *pathway)}/change/")
        for before, after in groups:
            edit_lines(page, before, after)
            add_lines(page, made, before, after, new)
    name_drugs(page, made, old, new)
    add_codes(page, made, old, new)

    made.refresh_from_db()
    found = difference(edition_of(earlier), edition_of(made))
    expected = difference(load_shipped(EARLIER)[1], load_shipped(LATER)[1])
    assert read(found) == read(expected)
    assert told(found).left_over == []
    assert all(told(found).by_point[point] for point in POINTS)
    assert not [problem for problem in problems_of(made) if problem.is_error]
    open_difference(page, made, earlier, expected)


def read(found: EditionDifference) -> list[tuple[Any, ...]]:
    """A difference as it is read: everything but the names nobody sees."""
    said = [(c.section, c.kind, c.is_lesser, c.old, c.new, c.rows) for c in found.changes]
    return sorted(said, key=repr)


def open_difference(
    page: Page, made: PolicyVersion, earlier: PolicyVersion, expected: EditionDifference
) -> None:
    page.goto(f"/policies/uhc/{made.number}/changes/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"What changed from {earlier.number} to {made.number}"
    )
    for count in expected.counts:
        expect(page.get_by_role("link", name=count.text, exact=True)).to_be_visible()
    expect(page.locator(".part:not(#lesser *) .change")).to_have_count(len(expected.substantial))


# The edition


def copied(page: Page, new: PolicyFile) -> PolicyVersion:
    page.get_by_role("link", name="Copy to a new draft").click()
    page.get_by_label("Number of the new edition").fill(new.edition.number)
    page.get_by_label("First day in force").fill(new.edition.effective_from.isoformat())
    page.get_by_role("button", name="Copy to a new draft").click()
    page.wait_for_url("**/change/")
    made = PolicyVersion.objects.get(number=new.edition.number)
    assert (made.status, made.comparison_only) == (Status.DRAFT, False)
    return made


def say_what_it_is(page: Page, new: PolicyFile) -> None:
    """The document it is taken from, and what the payer says it changed."""
    page.locator("#id_source").fill(new.edition.source)
    for number, entry in enumerate(new.history):
        page.get_by_role("button", name="Add another History entry").click()
        fields = page.locator(f"#historyentry_set-{number}")
        fields.locator("[name$=-day]").fill(entry.day.isoformat())
        fields.locator("[name$=-summary]").fill(entry.summary)
        fields.locator("[name$=-lines]").fill(entry.lines)
    save_page(page)


def save_page(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


# Questions and codes


def reword(page: Page, made: PolicyVersion, old: PolicyFile, new: PolicyFile) -> None:
    """The questions both editions ask, each in other words."""
    for key, before in old.questions.items():
        after = new.questions[key]
        if after == before:
            continue
        question = Question.objects.get(version=made, key=key)
        page.goto(f"/admin/criteria/question/{question.pk}/change/")
        page.locator("#id_wording").fill(after.ask)
        page.locator("#id_help").fill(after.help)
        page.locator("#id_examples").fill(after.examples)
        save_page(page)


def name_drugs(page: Page, made: PolicyVersion, old: PolicyFile, new: PolicyFile) -> None:
    """The drugs that the questions added in the outline know by name."""
    for key in new.questions.keys() - old.questions.keys():
        part = new.questions[key]
        if part.names:
            question = Question.objects.get(version=made, wording=part.ask)
            page.goto(f"/admin/criteria/question/{question.pk}/change/")
            page.locator("#id_names").fill("\n".join(part.names))
            save_page(page)


def add_codes(page: Page, made: PolicyVersion, old: PolicyFile, new: PolicyFile) -> None:
    for code in new.codes.hcpcs.keys() - old.codes.hcpcs.keys():
        part = new.codes.hcpcs[code]
        page.goto(f"/admin/criteria/code/add/?version={made.pk}")
        page.locator("#id_system").select_option("hcpcs")
        for name, value in {"code": code, **part.model_dump()}.items():
            if isinstance(value, str | date):
                page.locator(f"#id_{name}").fill(str(value))
        save_page(page)
        assert Code.objects.filter(version=made, code=code).exists()


# The outline


def pk_of(made: PolicyVersion, indication: str, pathway: str) -> int:
    found = made.pathway_set.get(indication__key=indication, key=pathway)
    return int(found.pk)


def changed_groups(old: PolicyFile, new: PolicyFile) -> Iterator[tuple[tuple[str, str], Groups]]:
    """By pathway, the questions of each group that differs: as they were, as they are."""
    for key, indication in new.indications.items():
        for name, pathway in indication.pathways.items():
            before = lists_in(old.indications[key].pathways[name].criteria)
            after = lists_in(pathway.criteria)
            groups = [(before[group], after[group]) for group in after]
            differing = [(was, now) for was, now in groups if was != now]
            if differing:
                yield (key, name), differing


def lists_in(node: Any) -> dict[str, list[Leaf]]:
    """The questions of every group, by its key."""
    members = next(
        (m for n in ("all", "any", "of") if isinstance(m := getattr(node, n, 0), list)), []
    )
    found = {node.key: [m for m in members if isinstance(m, Leaf)]} if members else {}
    for member in members:
        found |= lists_in(member)
    return found


def edit_lines(page: Page, before: list[Leaf], after: list[Leaf]) -> None:
    now = {leaf.question: leaf for leaf in after}
    for leaf in before:
        if now[leaf.question] != leaf:
            row(page, leaf.title).get_by_role("link", name=leaf.title, exact=True).click()
            fill(form_of(page), now[leaf.question])
            saved(page)


def add_lines(
    page: Page, made: PolicyVersion, before: list[Leaf], after: list[Leaf], new: PolicyFile
) -> None:
    """Each new line after the one it follows, or before the first."""
    there = {leaf.question for leaf in before}
    for at, leaf in enumerate(after):
        if leaf.question in there:
            continue
        where, beside = ("after", after[at - 1]) if at else ("before", after[1])
        row(page, beside.title).locator("summary").click()
        name = f"Add question {where} {beside.title}"
        page.get_by_role("link", name=name, exact=True).click()
        choose_question(form_of(page), made, new.questions[leaf.question])
        fill(form_of(page), leaf)
        saved(page)


def choose_question(form: Locator, made: PolicyVersion, part: Any) -> None:
    """One that the edition asks already, or a new one."""
    if Question.objects.filter(version=made, wording=part.ask).exists():
        form.get_by_label("Search the questions").fill(part.ask)
        form.get_by_role("radio", name=part.ask).check()
    else:
        form.get_by_role("radio", name="Write a new question").check()
        form.get_by_label("Wording").fill(part.ask)
        form.get_by_label("Kind of answer").select_option(part.type.value)
        form.get_by_label("Help").fill(part.help)
        form.get_by_label("Examples").fill(part.examples)
        form.get_by_role("button", name="Add it to the questions").click()
    # What passes is asked once the question is known.
    form.locator("[name=passes_on], [name=accepts_failure]").first.wait_for()


def fill(form: Locator, leaf: Leaf) -> None:
    form.get_by_label("Title").fill(leaf.title)
    form.get_by_label("Lines").fill(leaf.lines)
    form.get_by_label("Section").fill(leaf.section)
    if leaf.passes is not None:
        form.locator("[name=passes_on]").select_option(label="Yes" if leaf.passes else "No")
