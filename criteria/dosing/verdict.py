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
from criteria.dosing.outcome import DoseOutcome, OutcomeReason
from criteria.dosing.regimens import JudgedRegimen
from criteria.dosing.schedule import Schedule


@dataclass(frozen=True, slots=True)
class DoseVerdict:
    """The outcome over all alternatives. ``issue`` decides it; None = within."""

    outcome: DoseOutcome
    issue: Issue | None
    text: str


def verdict(
    open_ones: Sequence[JudgedRegimen],
    perhaps: Sequence[JudgedRegimen],
    schedules: Sequence[Schedule],
) -> DoseVerdict:
    """Combine the regimens that are open with those whose condition is not answered."""
    strict = _combined(open_ones, schedules)
    if not perhaps or strict.outcome is DoseOutcome.WITHIN:
        return strict
    lenient = _combined([*open_ones, *perhaps], schedules)
    if strict.outcome is lenient.outcome:
        return lenient
    words = "; ".join(
        limit.condition_words or limit.words
        for judged in perhaps
        for limit in judged.regimen.phases
        if limit.conditional
    )
    text = f"Whether this dose is within depends on an answer that is missing: {words}."
    return _decided_by(missing(OutcomeReason.CONDITION_UNKNOWN, text))


def _combined(regimens: Sequence[JudgedRegimen], schedules: Sequence[Schedule]) -> DoseVerdict:
    """All of these are open: what do they say together?"""
    if not regimens:
        text = "The condition of the only regimen of this policy does not hold."
        return _decided_by(outside(OutcomeReason.FITS_NO_ALTERNATIVE, text))
    fitting = next((one for one in regimens if one.main is None), None)
    if fitting is not None:
        return DoseVerdict(DoseOutcome.WITHIN, None, fitting.fits_text)
    mains = [(one, one.main) for one in regimens if one.main is not None]
    if len(mains) == 1:
        return _decided_by(mains[0][1], mains[0][0].reasons)
    if all(one.exceeds_in_total for one in regimens):
        nearest, issue = min(((one, _total(one)) for one in regimens), key=_share_above)
        text = say.alternatives(schedules, len(regimens), nearest.named_reasons)
        return DoseVerdict(DoseOutcome.EXCEEDS, issue, text)
    return _undecided(mains, schedules)


def _undecided(
    mains: Sequence[tuple[JudgedRegimen, Issue]], schedules: Sequence[Schedule]
) -> DoseVerdict:
    """Nothing fits and the largest total is not passed."""
    unknown = [one for one in mains if one[1].outcome is DoseOutcome.NOT_ENOUGH_INFORMATION]
    rounded = [one for one in mains if one[1].reason is OutcomeReason.ROUNDING_ALLOWANCE]
    for judged, issue in (*unknown, *rounded):
        return _decided_by(issue, judged.named_reasons)
    return _decided_by(
        outside(OutcomeReason.FITS_NO_ALTERNATIVE, say.alternatives(schedules, len(mains)))
    )


def _total(judged: JudgedRegimen) -> Issue:
    """The issue that says a regimen is exceeded in total."""
    return next(i for i in judged.issues if i.in_total and i.outcome is DoseOutcome.EXCEEDS)


def _share_above(one: tuple[JudgedRegimen, Issue]) -> tuple[bool, Fraction]:
    """The total passed by the least comes first."""
    issue = one[1]
    if issue.over is None or not issue.ceiling:
        return True, Fraction(0)
    return False, issue.over / issue.ceiling


def _decided_by(issue: Issue, text: str = "") -> DoseVerdict:
    """``text``: every reason of the regimen, where there are more than this one."""
    return DoseVerdict(issue.outcome, issue, text or issue.text)
