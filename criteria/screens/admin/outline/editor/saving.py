"""Saves a line as its form was sent, or goes one step on in the form."""

from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict

from criteria.actions.policy_tree.lines import add_line, save_line
from criteria.actions.policy_tree.question import write_question
from criteria.models import Criterion
from criteria.screens.admin.outline.editor.acts import Done, revision_of
from criteria.screens.admin.outline.editor.asked import NO_LINE, EditedLine
from criteria.screens.admin.outline.editor.forms import question_form
from criteria.screens.admin.outline.editor.opened import Opened, opened
from criteria.screens.admin.outline.editor.words import ALL_REFUSED, KEPT, refusal, status_of
from criteria.screens.admin.refusals import closed
from criteria.screens.admin.seen import differences

OK, CONFLICT, INVALID = 200, 409, 422


def save(found: EditedLine, given: QueryDict, by: User) -> tuple[Opened, Done | None, int]:
    """The form after it was sent; Done once the line is saved; and the status of the answer."""
    form = opened(found, given, bound=True)
    if found.is_lost:
        form.refused = [NO_LINE, "Bring it back with Undo if it is there; your text stands below."]
        return form, None, CONFLICT
    if not form.form.is_valid():
        form.refused = [words] if (words := closed(found.tree.version)) else []
        return form, None, INVALID
    try:
        row = _write(found, form, given, by)
    except ALL_REFUSED as error:
        is_stale = status_of(error) == CONFLICT
        stored = differences(form.form) if is_stale and found.line is not None else []
        form.refused = [*refusal(error, by, KEPT), *stored]
        return form, None, status_of(error)
    return form, Done(f"Saved “{row}”.", f"title-{row.pk}"), OK


@transaction.atomic
def _write(found: EditedLine, form: Opened, given: QueryDict, by: User) -> Criterion:
    row: Criterion = form.form.save(commit=False)
    links = form.form.save_m2m
    revision = revision_of(given)
    if found.place is not None:
        add_line(criterion=row, place=found.place, links=links, revision=revision, by=by)
    else:
        changed = form.form.changed_data
        save_line(criterion=row, changed=changed, links=links, revision=revision, by=by)
    return row


def write(found: EditedLine, given: QueryDict, by: User) -> tuple[Opened, int]:
    """The form after the new question in it was sent: asking that question once it is stored."""
    version = found.tree.version
    auto_id = f"{found.slot}-new-%s"
    form = question_form(version)(given, prefix="new", auto_id=auto_id)
    if form.is_valid():
        question = form.save(commit=False)
        try:
            write_question(question=question, choices=form.labels(form.cleaned_data), by=by)
        except ALL_REFUSED as error:
            for words in refusal(error, by):
                form.add_error(None, words)
        else:
            said = given.copy()
            said["question"] = str(question.pk)
            return opened(found, said, bound=False), OK
    shown = opened(found, given, bound=False)
    assert shown.picker is not None  # noqa: S101
    shown.picker.form = form
    return shown, INVALID
