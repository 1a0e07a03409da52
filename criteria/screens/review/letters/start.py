"""What the form of a letter starts with: the request as it was asked, the verdicts as they are."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

from django.utils import timezone

from criteria.models import LetterKind, Verdict
from criteria.papers.letters.basis import ReadSubmission
from criteria.papers.letters.given import asked_grams
from criteria.rules.formats import number_text

Fields = dict[str, list[str]]


def start_typed(read: ReadSubmission, kind: LetterKind) -> Fields:
    """The fields of a letter nobody has typed into yet."""
    if kind == LetterKind.APPROVAL:
        return _approval(read)
    if kind == LetterKind.DENIAL:
        refused = [i.id for i in read.grounds if i.verdict == Verdict.NOT_ACCEPTED]
        return {"criteria": refused, "marked": refused, "reason": [""]}
    return {"documents": [""]}


def newly_marked(start: Fields, kept: Mapping[str, list[str]]) -> Fields:
    """What was marked not accepted since a denial was kept is ticked, as it is at first.

    ``start``: the fields as they would begin now.
    """
    if "marked" not in start:
        return {}
    newly = [one for one in start["marked"] if one not in kept.get("marked", ())]
    ticked = dict.fromkeys((*kept.get("criteria", ()), *newly))
    return {"criteria": [*ticked], "marked": start["marked"]}


def _approval(read: ReadSubmission) -> Fields:
    """As asked for, for as long as the policy allows, from today."""
    asked, grams = read.assessment.case.dose, asked_grams(read.assessment)
    return {
        "as_asked": ["yes" if asked is not None else "no"],
        "grams": [_grams(grams)],
        "days": [_text(None if asked is None else asked.days)],
        "interval_days": [_text(None if asked is None or asked.monthly else asked.interval_days)],
        "monthly": ["yes" if asked is not None and asked.monthly else ""],
        "courses": [_text(None if asked is None else asked.courses)],
        "months": [str(read.assessment.authorization_months)],
        "starts_on": [timezone.localdate().isoformat()],
        "reason": [""],
        "confirm": [""],
    }


def _grams(grams: Decimal | None) -> str:
    """Never above what was asked."""
    return "" if grams is None else number_text(grams.quantize(Decimal("0.01"), ROUND_DOWN))


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
