"""Saves a pasted list of codes to a draft, all of it or nothing, and deletes a single code."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from criteria.actions.changes import added, became, deleted, values_of
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.parts import check_may_edit, delete_part
from criteria.actions.policy_codes.plan import CodeList, CodePlan, plan_codes, removals
from criteria.actions.policy_codes.read import GivenCode
from criteria.models import Change, Code, Indication, PolicyVersion
from criteria.rules.terms import CodeSystem, Coverage

OTHERWISE = (
    "The list, or the edition, is not what was checked. Below is what would happen now: look at "
    "it, and save again."
)


@transaction.atomic
def save_codes(*, version: PolicyVersion, given: CodeList, seen: str, by: User) -> CodePlan:
    """Do to the codes of a draft what a pasted list says, and return what was done.

    ``seen``: the mark of the plan its editor agreed to. Raises PermissionDenied,
    PublishedVersionError, or EditionRefusedError if the plan is another one by now or something in
    it must be mended first; then nothing is saved.
    """
    check_may_edit(version, by)
    plan = plan_codes(version, given)
    if plan.mark != seen:
        raise EditionRefusedError(OTHERWISE)
    if plan.stops:
        raise EditionRefusedError("\n".join(plan.stops))
    changes = [
        *_add(version, given, plan.added),
        *_change(version, plan),
        *_remove(version, plan),
    ]
    if plan.changes:
        summary = _summary(version, given, plan)
        record_event(verb="codes", obj=version, summary=summary, changes=changes, by=by)
    return plan


@transaction.atomic
def delete_code(*, code: Code, by: User) -> None:
    """Delete one code of a draft. Raises EditionRefusedError while a criterion names it."""
    check_may_edit(code.version, by)
    (found,) = removals(code.version, CodeSystem(code.system), [code])
    held = [place.words for place in found.places if place.holds]
    if held:
        raise EditionRefusedError(
            f"{code.code} is named by the {held[0]}. Take it out there first."
        )
    delete_part(part=code, by=by)


def _add(version: PolicyVersion, given: CodeList, codes: Sequence[GivenCode]) -> list[Change]:
    """The new codes after the others of the edition, each suggesting the diagnosis chosen."""
    last = Code.objects.filter(version=version).aggregate(last=Max("position"))["last"] or 0
    rows = [
        Code(
            version=version,
            system=given.system,
            code=code.code,
            description=code.description,
            lines=code.lines,
            position=position,
        )
        for position, code in enumerate(codes, start=int(last) + 1)
    ]
    for row in rows:
        row.clean_fields(exclude=["version"])
        row.clean()
    stored = Code.objects.bulk_create(rows, batch_size=500)
    suggests = _suggested(version, given)
    name = "unproven" if suggests and suggests.coverage == Coverage.UNPROVEN else "indications"
    if suggests is not None:
        through = getattr(Code, name).through
        links = [through(code_id=row.pk, indication_id=suggests.pk) for row in stored]
        through.objects.bulk_create(links, batch_size=500)
    return added(*stored)


def _suggested(version: PolicyVersion, given: CodeList) -> Indication | None:
    if given.indication is None:
        return None
    found = Indication.objects.filter(version=version, pk=given.indication).first()
    if found is None:
        raise EditionRefusedError("The diagnosis chosen is not in this edition any more.")
    return found


def _change(version: PolicyVersion, plan: CodePlan) -> list[Change]:
    found = Code.objects.filter(version=version).prefetch_related("indications", "unproven")
    rows = found.in_bulk([change.pk for change in plan.changed])
    before = {pk: values_of(row) for pk, row in rows.items()}
    for change in plan.changed:
        row = rows[change.pk]
        for name, _, value in change.values:
            setattr(row, name, True if name == "listed" else value)
        row.clean_fields(exclude=["version"])
    if columns := {name for change in plan.changed for name, *_ in change.values}:
        Code.objects.bulk_update(rows.values(), sorted(columns), batch_size=200)
    return [change for pk, row in rows.items() for change in became(row, before[pk])]


def _remove(version: PolicyVersion, plan: CodePlan) -> list[Change]:
    going = Code.objects.filter(version=version, pk__in=[code.pk for code in plan.removed])
    changes = deleted(going)
    going.delete()
    return changes


def _summary(version: PolicyVersion, given: CodeList, plan: CodePlan) -> str:
    system = dict(Code._meta.get_field("system").flatchoices)[given.system]
    return f"Pasted a list of {system} codes: {plan.changes} in {version}."
