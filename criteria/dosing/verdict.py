"""Alternatives joined by "or", and what an unanswered condition leaves open.

Readings adopted here, where lines 132, 224-227 and 286 say no more than "or":

* One fitting regimen suffices.
* Exceeding means exceeding every alternative *in total*: its course total, its average, its number
  of courses or its last day. 401 mg/kg on 5 days is 2,005 and exceeds both regimens of line 132;
  400 mg/kg on 5 days given twice exceeds both regimens of line 286, since either is given once.
* A day that is too full, or too many days, exceeds a single limit but no other alternative:
  1,000 mg/kg on 2 days (lines 132, 286) is no more than the largest total and fits neither
  regimen, so it is outside.
* While anything is missing that one alternative needs, nothing is decided, unless every
  alternative is exceeded whatever the answer.
* A condition that is not answered is tried both ways. The same outcome either way stands; two
  different ones mean the answer is needed (line 226: above 1,000 mg/kg a week).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from criteria.dosing import sentences as say
from criteria.dosing.issue import Issue, missing, outside
from criteria.dosing.outcome import Outcome, Reason
from criteria.dosing.regimens import Judged
from criteria.dosing.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome over all alternatives. ``issue`` decides it; None = within."""

    outcome: Outcome
    issue: Issue | None
    text: str


def verdict(open_ones: Sequence[Judged], perhaps: Sequence[Judged], schedule: Schedule) -> Verdict:
    """Combine the regimens that are open with those whose condition is not answered."""
    strict = _combined(open_ones, schedule)
    if not perhaps or strict.outcome is Outcome.WITHIN:
        return strict
    lenient = _combined([*open_ones, *perhaps], schedule)
    if strict.outcome is lenient.outcome:
        return lenient
    words = "; ".join(
        limit.condition_words or limit.words
        for judged in perhaps
        for limit in judged.regimen.phases
        if limit.conditional
    )
    text = f"Whether this dose is within depends on an answer that is missing: {words}."
    return _decided_by(missing(Reason.CONDITION_UNKNOWN, text))


def _combined(regimens: Sequence[Judged], schedule: Schedule) -> Verdict:
    """All of these are open: what do they say together?"""
    if not regimens:
        text = "The condition of the only regimen of this policy does not hold."
        return _decided_by(outside(Reason.FITS_NO_ALTERNATIVE, text))
    fitting = next((one for one in regimens if one.main is None), None)
    if fitting is not None:
        return Verdict(Outcome.WITHIN, None, fitting.findings[0].text)
    mains = [one.main for one in regimens if one.main is not None]
    if len(mains) == 1:
        return _decided_by(mains[0])
    if all(one.exceeds_in_total for one in regimens):
        nearest = _nearest(regimens)
        text = say.alternatives(schedule, len(regimens), Outcome.EXCEEDS, nearest)
        return Verdict(Outcome.EXCEEDS, nearest, text)
    return _undecided(mains, schedule)


def _undecided(mains: Sequence[Issue], schedule: Schedule) -> Verdict:
    """Nothing fits and the largest total is not passed."""
    unknown = [issue for issue in mains if issue.outcome is Outcome.NOT_ENOUGH_INFORMATION]
    rounded = [issue for issue in mains if issue.reason is Reason.ROUNDING_ALLOWANCE]
    for issue in (*unknown, *rounded):
        return _decided_by(issue)
    text = say.alternatives(schedule, len(mains), Outcome.OUTSIDE, None)
    return _decided_by(outside(Reason.FITS_NO_ALTERNATIVE, text))


def _nearest(regimens: Sequence[Judged]) -> Issue:
    """Of the totals that are passed, the one passed by the least."""
    passed = [
        next(i for i in one.issues if i.in_total and i.outcome is Outcome.EXCEEDS)
        for one in regimens
    ]
    return min(passed, key=_share_above)


def _share_above(issue: Issue) -> tuple[bool, Fraction]:
    if issue.over is None or not issue.ceiling:
        return True, Fraction(0)
    return False, issue.over / issue.ceiling


def _decided_by(issue: Issue) -> Verdict:
    return Verdict(issue.outcome, issue, issue.text)
