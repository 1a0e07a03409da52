"""Changes the parts of a draft, one at a time: what the screens of policy staff save."""

from collections.abc import Callable, Collection, Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from criteria.accounts.permissions import Permission, require
from criteria.actions.changes import added, became, deleted, stored_values
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.keys import settle_key
from criteria.actions.policies.removed import going_with, keep_removed
from criteria.actions.policies.seen import count_change
from criteria.models import (
    Change,
    Contradiction,
    CriteriaTree,
    Criterion,
    Kind,
    Part,
    Pathway,
    Policy,
    PolicyVersion,
    PublishedVersionError,
    Question,
    QuestionChoice,
    Status,
    TreeUse,
)


def check_may_edit(version: PolicyVersion, by: User) -> None:
    """Refuse whoever may not edit, and every edition that is no draft; hold it until the end.

    The edition remembers who edited it last: another person publishes it.
    """
    require(by, Permission.EDIT_POLICY)
    stored = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if stored.is_locked:
        raise PublishedVersionError(str(stored))
    if stored.status != Status.DRAFT:
        raise EditionRefusedError(f"{stored} is in review. Return it to draft to edit it.")
    version.edited_at, version.edited_by = timezone.now(), by
    editing = {"edited_at": version.edited_at, "edited_by": by}
    PolicyVersion.objects.filter(pk=version.pk).update(**editing)


@transaction.atomic
def save_part(
    *,
    part: Part,
    changed: Collection[str] = (),
    links: Callable[[], None] | None = None,
    by: User,
) -> None:
    """Save a new or changed part. A new pathway gets its tree of criteria at once.

    ``changed`` names its columns; ``links`` sets what it is linked to, once it is saved.
    """
    check_may_edit(part.version, by)
    is_new = part.pk is None
    if is_new and not part.position:
        part.position = _after_the_last(part)
    if isinstance(part, Criterion):
        settle_key(part)
        count_change(part.tree_id)
    part.full_clean()
    before = stored_values(part)
    part.save()
    if links is not None:
        links()
    if is_new and isinstance(part, Pathway):
        start_tree(use=TreeUse.PATHWAY, version=part.version, pathway=part, by=by)
    _record("add" if is_new else "change", part, became(part, before), by, changed)


def _after_the_last(part: Part) -> int:
    rows = type(part)._default_manager.filter(version=part.version)
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _record(
    verb: str, part: Part, rows: Iterable[Change], by: User, changed: Collection[str] = ()
) -> None:
    what = f" ({', '.join(changed)})" if changed else ""
    done = {"add": "Added", "change": "Changed", "delete": "Deleted"}[verb]
    summary = f"{done} {part._meta.verbose_name} “{part}”{what} in {part.version}."
    record_event(verb=verb, obj=part, summary=summary, changes=rows, by=by)


@transaction.atomic
def save_links(*, part: Part, save: Callable[[], None], by: User) -> None:
    """Save what a part is linked to; ``save`` sets the many-to-many fields."""
    check_may_edit(part.version, by)
    before = stored_values(part)
    save()
    rows = became(part, before)
    if rows and isinstance(part, Criterion):
        count_change(part.tree_id)
    if rows:
        _record("change", part, rows, by, [str(name) for row in rows for name in row.changes])


@transaction.atomic
def delete_part(*, part: Part, by: User) -> None:
    """Delete a part with everything inside it; it is kept, and can be brought back.

    Raises what ``check_may_edit`` raises, and EditionRefusedError for what is used elsewhere.
    """
    check_may_edit(part.version, by)
    if isinstance(part, QuestionChoice):
        _refuse_used(part)
    if isinstance(part, Question):
        _refuse_asked(part)
    if isinstance(part, Contradiction):
        _refuse_met(part)
    if isinstance(part, Criterion):
        count_change(part.tree_id)
    keep_removed(part, by)
    _record("delete", part, deleted(going_with(part), part), by)
    part.delete()


def _refuse_used(choice: QuestionChoice) -> None:
    used = Criterion.objects.filter(passing=choice) | Criterion.objects.filter(reviewer=choice)
    criterion = used.first()
    if criterion is not None:
        raise EditionRefusedError(
            f"The criterion “{criterion}” names the choice “{choice}”. Take it out there first."
        )


def _refuse_asked(question: Question) -> None:
    asked = Criterion.objects.filter(Q(question=question) | Q(anchor_question=question))
    rows = list(asked.select_related("tree__pathway__indication", "tree__limit", "tree__note"))
    if rows:
        places = "; ".join(f"“{row}” in {row.tree}" for row in rows[:3])
        more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
        raise EditionRefusedError(
            f"“{question}” is used by {places}{more}. Take it out there first."
        )


def _refuse_met(point: Contradiction) -> None:
    criterion = Criterion.objects.filter(contradiction=point).first()
    if criterion is not None:
        raise EditionRefusedError(
            f"The criterion “{criterion}” names “{point}”. Take it out there first."
        )


@transaction.atomic
def start_tree(*, use: TreeUse, version: PolicyVersion, by: User, **owner: Part) -> CriteriaTree:
    """A tree for a pathway, the condition of a limit or of a note, with an empty group to fill."""
    check_may_edit(version, by)
    tree = CriteriaTree(version=version, use=use, **owner)
    tree.full_clean()
    tree.save()
    about = next(iter(owner.values()), None)
    root = Criterion(
        version=version,
        tree=tree,
        kind=Kind.ALL,
        key="criteria",
        title="All of these",
        lines=getattr(about, "lines", "1"),
    )
    root.full_clean()
    root.save()
    _record("add", tree, added(tree, root), by)
    return tree


@transaction.atomic
def start_version(*, version: PolicyVersion, by: User) -> None:
    """Save a new, empty draft with room for the general requirements."""
    require(by, Permission.EDIT_POLICY)
    version.full_clean()
    version.save()
    for use in (TreeUse.GENERAL_INITIAL, TreeUse.GENERAL_CONTINUATION):
        start_tree(use=use, version=version, by=by)
    summary = f"Started {version}."
    record_event(verb="add", obj=version, summary=summary, changes=added(version), by=by)


@transaction.atomic
def save_version(*, version: PolicyVersion, changed: Collection[str] = (), by: User) -> None:
    """Save the number, dates and source of a draft."""
    check_may_edit(version, by)
    version.full_clean()
    before = stored_values(version)
    version.save()
    rows = became(version, before)
    summary = f"Changed {', '.join(changed)} of {version}."
    record_event(verb="change", obj=version, summary=summary, changes=rows, by=by)


@transaction.atomic
def save_policy(*, policy: Policy, by: User) -> None:
    """Save a policy, until an edition of it is published."""
    require(by, Permission.EDIT_POLICY)
    policy.full_clean()
    before = stored_values(policy)
    policy.save()
    summary = f"Saved {policy}."
    record_event(verb="save", obj=policy, summary=summary, changes=became(policy, before), by=by)
