"""Keeps what a submitted request is found by: its words, and its group on the worklist."""

from dataclasses import asdict, dataclass
from datetime import date

from criteria.models import AuthorizationRequest, RequestWord, WorklistGroup
from criteria.models.word import kept_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What lists show of a submission, whatever the practice types afterwards."""

    patient_name: str = ""
    born_on: date | None = None
    phase: str = ""
    line_of_business: str = ""
    indication_key: str = ""
    urgency: str = ""
    overall: str = ""
    dose_text: str = ""


def note_words(request: AuthorizationRequest) -> None:
    """Write down the words of a submission; those of an earlier one no longer find it."""
    words = kept_words(
        number=request.number,
        names=(request.patient_name, request.prescriber_name),
        member_id=request.member_id,
    )
    known = set(request.words.values_list("word", flat=True))
    request.words.filter(word__in=known - words).delete()
    RequestWord.objects.bulk_create(
        RequestWord(request=request, word=word) for word in sorted(words - known)
    )


def group_of(request: AuthorizationRequest, overall: str) -> WorklistGroup:
    """The group of the worklist a submission belongs to, new if it is the first of its kind."""
    found, _ = WorklistGroup.objects.get_or_create(
        line_of_business=request.line_of_business,
        urgency=request.urgency,
        indication_key=request.indication_key,
        overall=overall,
    )
    return found


def listed_of(request: AuthorizationRequest, overall: str) -> dict[str, object]:
    """The same of a request that is submitted just now, as it is stored."""
    names = ("patient_name", "born_on", "phase", "line_of_business", "indication_key")
    values = {name: getattr(request, name) for name in (*names, "urgency", "dose_text")}
    return asdict(Listed(**values, overall=overall))
