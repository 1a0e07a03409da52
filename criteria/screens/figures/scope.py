"""Which requests a figure counts: days, line of business and diagnosis."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from criteria.models import WorklistGroup

GROUP = "worklist_group"


@dataclass(frozen=True, slots=True)
class FigureScope:
    """Days from ``first`` to ``last``, both included; None leaves that end open.

    ``groups``: what each group of submitted requests has in common, by its key in the database. A
    line or an indication chooses among them, so that requests are counted by one small number.
    """

    first: date | None = None
    last: date | None = None
    line_of_business: str = ""
    indication: str = ""
    groups: dict[int, WorklistGroup] = field(default_factory=dict)

    def within(self, moment: str) -> Q:
        """The rows whose moment, the name of a column, lies on the days, in the site's zone."""
        found = Q()
        if self.first is not None:
            found &= Q(**{f"{moment}__gte": midnight(self.first)})
        if self.last is not None:
            found &= Q(**{f"{moment}__lt": midnight(self.last + timedelta(days=1))})
        return found

    def of_request(self, path: str = "") -> Q:
        """The rows whose request, found over ``path`` such as "request__", is counted."""
        if not self.line_of_business and not self.indication:
            return Q()
        chosen = [pk for pk, group in self.groups.items() if self._holds(group)]
        return Q(**{f"{path}{GROUP}__in": chosen})

    def _holds(self, group: WorklistGroup) -> bool:
        return self.line_of_business in ("", group.line_of_business) and self.indication in (
            "",
            group.indication_key,
        )


def midnight(day: date) -> datetime:
    """When a day begins, in the site's zone."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
