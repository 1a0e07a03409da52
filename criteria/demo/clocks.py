"""Decision clocks of the demonstration, kept by Paula as policy staff keep them."""

from collections.abc import Iterator

import yaml
from django.contrib.auth.models import User
from django.db import transaction

from criteria.actions.clocks import save_clock
from criteria.demo.examples import FOLDER
from criteria.demo.marks import mark, was_made
from criteria.demo.people import PAULA
from criteria.models import DecisionClock


def keep_clocks() -> Iterator[str]:
    """Keep each clock of the files that was never kept; what stands in the table is left alone."""
    paula = User.objects.filter(username=PAULA.username).first()
    if paula is None:
        return
    for path in sorted((FOLDER / "clocks").glob("*.yaml")):
        for values in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield from _kept(DecisionClock(**values), paula)


@transaction.atomic
def _kept(clock: DecisionClock, by: User) -> list[str]:
    name = f"clock {clock.line_of_business} {clock.urgency}"
    place = {"line_of_business": clock.line_of_business, "urgency": clock.urgency}
    if was_made(name) or DecisionClock.objects.filter(**place).exists():
        return []
    save_clock(clock=clock, by=by)
    mark(clock, name, by=by)
    return [f"Time to decide: {clock}."]
