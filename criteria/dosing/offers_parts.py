"""What fits instead of a dose of two parts: another first part, another second one, or both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from criteria.dosing.asked import with_days
from criteria.dosing.candidates import share_of_asked
from criteria.dosing.ceilings import shortest_interval
from criteria.dosing.clocks import later
from criteria.dosing.infusion_days import DayBounds
from criteria.dosing.limits import Regimen
from criteria.dosing.offer import Offer
from criteria.dosing.offers import offers
from criteria.dosing.outcome import DoseOutcome
from criteria.dosing.parts import Pairing, SinglePart, judge_pairings
from criteria.dosing.regimens import JudgedRegimen
from criteria.dosing.request import DoseFacts, Vials
from criteria.dosing.schedule import Schedule, schedule_of


@dataclass(frozen=True, slots=True)
class TwoParts:
    """A dose of two parts as asked for, with what is needed to try others.

    ``bounds``: of the days of a course, for each part. ``facts``: on the day of the first dose.
    """

    parts: tuple[SinglePart, SinglePart]
    bounds: tuple[DayBounds, DayBounds]
    facts: DoseFacts
    vials: Vials | None

    def offers(self, pairings: Sequence[tuple[int, Pairing]]) -> tuple[Offer, ...]:
        """The best of each pairing of regimens, numbered, the nearest first."""
        found = [one for number, pairing in pairings for one in self._best(number, pairing)]
        return tuple(sorted(found, key=_shortfall))

    def _best(self, number: int, pairing: Pairing) -> Iterator[Offer]:
        """The first part is left alone where it fits; then what fits after it."""
        first, offered = self.parts[0], None
        regimen = pairing[0]
        if regimen is not None and not self._fits((regimen,), (first,)):
            made = self._of_first(number, regimen)
            if not made:
                return
            offered = made[0]
            first = self._taken(offered)
        following = self._following(number, pairing, first)
        if following is None:
            return
        kept, second = following
        if kept and offered is not None:
            yield offered
        elif second is not None:
            yield second if offered is None else replace(offered, then=second)

    def _of_first(self, number: int, regimen: Regimen) -> tuple[Offer, ...]:
        part = self.parts[0]

        def judged(one: Regimen, other: Schedule) -> JudgedRegimen:
            schedule = with_days(other, self.bounds[0], self.vials)
            return judge_pairings([(one,)], [], [replace(part, schedule=schedule)])[0][0]

        return offers(
            [(number, regimen)],
            part.schedule,
            judged,
            self.vials,
            bounds=self.bounds[0],
            room=part.room,
        )

    def _taken(self, offer: Offer) -> SinglePart:
        """The first part as it is once an offer is taken."""
        part = self.parts[0]
        request = offer.as_request(part.request)
        schedule = schedule_of(request, self.facts)
        assert schedule is not None  # noqa: S101  (an offer has grams only where there is a weight)
        laid_out = with_days(schedule, self.bounds[0], self.vials)
        return replace(part, request=request, schedule=laid_out)

    def _following(
        self, number: int, pairing: Pairing, first: SinglePart
    ) -> tuple[bool, Offer | None] | None:
        """Whether the second part fits as it is asked for, else the nearest that does."""
        asked = self.parts[1]
        as_asked = self._after(first, asked.gap_days)
        if as_asked is not None and self._fits(pairing, (first, as_asked)):
            return True, None
        regimen = pairing[1]
        made = () if regimen is None else tuple(self._tried(number, pairing, first, regimen))
        if not made:
            return None
        return False, max(made, key=lambda one: (one[0], -one[1]))[2]

    def _tried(
        self, number: int, pairing: Pairing, first: SinglePart, regimen: Regimen
    ) -> Iterator[tuple[Fraction, int, Offer]]:
        """Share of the treatment asked for, how much later it begins, and the offer."""
        asked = self.parts[1]
        for gap in _gaps(asked.gap_days, regimen):
            part = self._after(first, gap)
            if part is None:
                continue
            for one in self._of_second(number, pairing, first, part, regimen):
                request = one.as_request(replace(asked.request, then=None))
                schedule = schedule_of(request, self.facts)
                if schedule is not None:
                    offer = replace(one, begins_after_days=gap, is_what_follows=True)
                    yield share_of_asked(schedule, asked.schedule), abs(gap - asked.gap_days), offer

    def _of_second(
        self, number: int, pairing: Pairing, first: SinglePart, part: SinglePart, regimen: Regimen
    ) -> tuple[Offer, ...]:
        def judged(one: Regimen, other: Schedule) -> JudgedRegimen:
            schedule = with_days(other, self.bounds[1], self.vials)
            both = (first, replace(part, schedule=schedule))
            (found,), _ = judge_pairings([(pairing[0], one)], [], both)
            of_second = [
                phase
                for phase, label in zip(found.phases, found.labels, strict=True)
                if label == found.labels[-1]
            ]
            return JudgedRegimen(found.regimen, tuple(of_second), found.issues)

        return offers(
            [(number, regimen)],
            part.schedule,
            judged,
            self.vials,
            bounds=self.bounds[1],
            room=part.room,
        )

    def _after(self, first: SinglePart, gap: int) -> SinglePart | None:
        """The second part so many days after the last course of the first; None where too soon."""
        asked = self.parts[1]
        courses, interval = first.schedule.courses or 1, first.schedule.interval or 0
        if gap < (first.schedule.days or 1):
            return None
        days_in = (courses - 1) * interval + gap
        return replace(asked, facts=later(self.facts, days_in), days_in=days_in, gap_days=gap)

    def _fits(self, pairing: Pairing, parts: Sequence[SinglePart]) -> bool:
        return judge_pairings([pairing], [], parts)[0][0].outcome is DoseOutcome.WITHIN


def _shortfall(offer: Offer) -> tuple[bool, Decimal]:
    less = sum((one.less_by_mg_per_kg for one in offer.each), Decimal(0))
    return any(one.is_less for one in offer.each), less


def _gaps(asked: int, regimen: Regimen) -> list[int]:
    """As asked for, and as late as a limit wants it."""
    stated = [
        days
        for limit in regimen.phases
        for days in (shortest_interval(limit), limit.min_days_between_runs)
        if days is not None and days > asked
    ]
    return list(dict.fromkeys([asked, *sorted(stated)]))
