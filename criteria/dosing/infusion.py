"""A course by its infusion days: what is given on each, the vials opened, what is discarded."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VialPlan:
    """A total that whole vials can make: ``counts`` is (size in g, how many), largest first."""

    total_g: Decimal
    counts: tuple[tuple[Decimal, int], ...]
    billing_units: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionDay:
    """One day of a course: what is given, and the vials opened for it (None = no product).

    ``billing_units`` are those of the dose of that day, a started unit counted; what is left in
    the opened vials is ``discarded_g`` and no part of them.
    """

    grams: Decimal
    opened: VialPlan | None = None
    billing_units: int | None = None

    @property
    def discarded_g(self) -> Decimal | None:
        """Grams of the opened vials that are not given."""
        return None if self.opened is None else self.opened.total_g - self.grams


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionCourse:
    """A course by its infusion days, the fullest first. Vials are opened for one day each."""

    days: tuple[InfusionDay, ...]
    total_g: Decimal

    @property
    def alike(self) -> tuple[tuple[InfusionDay, int], ...]:
        """Days that are the same, counted: 28 g on 4 days, 27.5 g on 1."""
        kinds = dict.fromkeys(self.days)
        return tuple((kind, self.days.count(kind)) for kind in kinds)

    @property
    def billing_units(self) -> int | None:
        """Units of the dose, each day billed on its own; None without a billing unit."""
        units = [day.billing_units for day in self.days if day.billing_units is not None]
        return sum(units) if len(units) == len(self.days) else None

    @property
    def discarded_g(self) -> Decimal | None:
        """Grams opened and not given on all days together; None without a product.

        Held against the course: a third of it written out in decimals would not add up to it.
        """
        opened = [day.opened.total_g for day in self.days if day.opened is not None]
        return sum(opened, -self.total_g) if len(opened) == len(self.days) else None

    @property
    def is_whole(self) -> bool:
        """Whether whole vials make the dose of every day exactly."""
        return self.discarded_g == 0

    @property
    def opened(self) -> tuple[tuple[Decimal, int], ...]:
        """Every vial opened in the course: (size in g, how many), largest first."""
        counts: dict[Decimal, int] = {}
        for day in self.days:
            for size, count in day.opened.counts if day.opened else ():
                counts[size] = counts.get(size, 0) + count
        return tuple(sorted(counts.items(), reverse=True))
