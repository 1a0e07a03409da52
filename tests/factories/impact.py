"""An edition that would touch stored requests."""

from criteria.actions.policies.parts import save_part
from criteria.models import Criterion, PolicyVersion
from tests.factories.people import paula
from tests.factories.policy import draft, published
from tests.factories.request import saved, started


def next_edition() -> PolicyVersion:
    """Two open requests, and a draft that asks one of them something else."""
    current = published()
    saved(started(current), {"diagnosis": {"indication": "kawasaki"}})
    started(current)
    version = draft(number="NEXT", effective_from="2030-01-01")
    row = Criterion.objects.get(version=version, tree__use="general_initial")
    row.passes_on = False
    save_part(part=row, by=paula())
    return version
