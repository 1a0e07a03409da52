"""What is deleted from a draft comes back whole; what no longer fits is refused and kept."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model, RestrictedError

from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.drafts import send_to_review
from criteria.actions.policies.parts import delete_part, save_part
from criteria.actions.policies.removed import counted_inside
from criteria.actions.policies.restore import restore_part
from criteria.models import (
    Code,
    CriteriaTree,
    Criterion,
    Event,
    Indication,
    Part,
    Pathway,
    PolicyVersion,
    PublishedVersionError,
    Question,
    RemovedPart,
)
from criteria.policies.stored.export import export
from criteria.policies.stored.load import edition_of
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published

pytestmark = pytest.mark.django_db

PARTS: list[type[Part]] = [
    m for m in apps.get_app_config("criteria").get_models() if issubclass(m, Part)
]
# The revision of an outline counts on: whoever has it open sees that it changed.
MOVING = {"revision"}


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of every part, and of every link between parts."""
    models: list[type[Model]] = [*PARTS]
    models += [f.remote_field.through for m in PARTS for f in m._meta.local_many_to_many]
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name not in MOVING}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in models
    }


def kawasaki(version: PolicyVersion) -> Indication:
    return Indication.objects.filter(version=version, pathways__isnull=False).first()  # type: ignore[return-value]


def pathway(version: PolicyVersion) -> Pathway:
    return Pathway.objects.get(version=version, key="initial")


@pytest.mark.parametrize("model", PARTS)
def test_every_part_comes_back_as_it_was(model: type[Part]) -> None:
    version = draft()
    before, exported = rows(), export(version)
    tried = 0
    for part in model._default_manager.filter(version=version):
        try:
            delete_part(part=part, by=paula())
        except (EditionRefusedError, RestrictedError):
            continue
        tried += 1
        assert rows() != before
        removed = RemovedPart.objects.get()
        assert restore_part(removed=removed, by=paula()) == type(part)(pk=removed.part)
        assert rows() == before
        assert not RemovedPart.objects.exists()
    assert export(version) == exported
    assert tried or model in (Question,)


def test_two_deletions_come_back_in_any_order() -> None:
    version = draft()
    before = rows()
    indication, other = list(Indication.objects.filter(version=version))[:2]
    delete_part(part=indication, by=paula())
    delete_part(part=other, by=paula())
    for removed in RemovedPart.objects.order_by("removed_at", "id"):
        restore_part(removed=removed, by=paula())
    assert rows() == before


def test_what_goes_with_a_part_is_counted() -> None:
    version = draft()
    indication = kawasaki(version)
    told = {kind: number for number, kind in counted_inside(indication)}
    assert told["pathways"] == indication.pathways.count()
    criteria = Criterion.objects.filter(tree__pathway__indication=indication)
    limits = Criterion.objects.filter(tree__limit__pathway__indication=indication)
    notes = Criterion.objects.filter(tree__note__pathway__indication=indication)
    own_notes = Criterion.objects.filter(tree__note__indication=indication)
    every = [criteria, limits, notes, own_notes]
    assert told["criteria"] == sum(rows.count() for rows in every)


def test_it_is_recorded_by_whom_and_what_came_back() -> None:
    version = draft()
    delete_part(part=pathway(version), by=paula())
    restore_part(removed=RemovedPart.objects.get(), by=paula())
    events = Event.objects.filter(object_type="pathway").order_by("id")
    assert [e.verb for e in events][-2:] == ["delete", "restore"]
    assert "Brought back pathway" in events.last().summary  # type: ignore[union-attr]


def test_whoever_has_the_outline_open_sees_that_it_was_gone() -> None:
    version = draft()
    tree = CriteriaTree.objects.get(pathway=pathway(version))
    delete_part(part=pathway(version), by=paula())
    restore_part(removed=RemovedPart.objects.get(), by=paula())
    assert CriteriaTree.objects.get(pk=tree.pk).revision == tree.revision + 1


# Refused


def test_a_key_that_is_taken_since_is_named_and_the_part_is_kept() -> None:
    version = draft()
    indication = kawasaki(version)
    delete_part(part=indication, by=paula())
    new = Indication(
        version=version, key=indication.key, name="Other", coverage="general", lines="1"
    )
    save_part(part=new, by=paula())
    before = rows()
    with pytest.raises(EditionRefusedError, match="the indication “Other” stands in its place"):
        restore_part(removed=RemovedPart.objects.get(), by=paula())
    assert rows() == before and RemovedPart.objects.exists()


def test_a_pathway_whose_indication_is_gone_waits_for_it() -> None:
    version = draft()
    indication = pathway(version).indication
    delete_part(part=pathway(version), by=paula())
    delete_part(part=indication, by=paula())
    of_pathway = RemovedPart.objects.get(kind="pathway")
    with pytest.raises(EditionRefusedError, match="bring back the indication “.*” first"):
        restore_part(removed=of_pathway, by=paula())
    restore_part(removed=RemovedPart.objects.get(kind="indication"), by=paula())
    restore_part(removed=of_pathway, by=paula())
    edition_of(version)


def test_a_link_to_a_code_that_is_gone_since_is_left_out() -> None:
    version = draft()
    code = Code.objects.filter(version=version, indications__isnull=False).first()
    assert code is not None
    indication = code.indications.get()
    delete_part(part=indication, by=paula())
    of_indication = RemovedPart.objects.get()
    delete_part(part=code, by=paula())
    restore_part(removed=of_indication, by=paula())
    assert not Code.objects.filter(pk=code.pk).exists()


def test_once_only() -> None:
    version = draft()
    delete_part(part=pathway(version), by=paula())
    removed = RemovedPart.objects.get()
    restore_part(removed=removed, by=paula())
    removed.pk = 1
    with pytest.raises(EditionRefusedError, match="brought back already"):
        restore_part(removed=removed, by=paula())


@pytest.mark.parametrize("who", ["peter", "ann"])
def test_only_editors_delete_and_bring_back(who: str) -> None:
    version = draft()
    by = peter() if who == "peter" else person("ann")
    with pytest.raises(PermissionDenied):
        delete_part(part=pathway(version), by=by)
    delete_part(part=pathway(version), by=paula())
    with pytest.raises(PermissionDenied):
        restore_part(removed=RemovedPart.objects.get(), by=by)


def test_not_in_review() -> None:
    version = draft()
    part = pathway(version)
    delete_part(part=Code.objects.filter(version=version).first(), by=paula())  # type: ignore[arg-type]
    send_to_review(version=version, by=paula())
    with pytest.raises(EditionRefusedError, match="in review"):
        restore_part(removed=RemovedPart.objects.get(), by=paula())
    with pytest.raises(EditionRefusedError, match="in review"):
        delete_part(part=part, by=paula())


def test_not_from_a_published_edition() -> None:
    version = published()
    with pytest.raises(PublishedVersionError):
        delete_part(part=pathway(version), by=paula())
    assert not RemovedPart.objects.exists()
