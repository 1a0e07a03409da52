"""Earlier requests of the same patient."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models.fields.json import KeyTextTransform

from criteria.models import AuthorizationRequest, Practice, RequestStatus, Submission
from criteria.requests.marks import OVERALL, STATUS, StateMark
from criteria.rules.explain import date_text
from criteria.rules.terms import Overall

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRequest:
    """One of them. ``is_readable``: whether this reviewer may open it."""

    request: AuthorizationRequest
    indication: str
    overall: StateMark | None
    status: StateMark
    is_readable: bool

    @property
    def approved_days(self) -> str:
        """The days an approval covers; empty where there is none."""
        first, last = self.request.approved_from, self.request.approved_until
        return f"{date_text(first)} to {date_text(last)}" if first and last else ""


def earlier_of(request: AuthorizationRequest, user: User) -> tuple[EarlierRequest, ...]:
    """The latest requests of the same patient from whatever practice. Three queries at most.

    At most ``MOST`` of them: nobody reads more beside a decision.
    """
    others = AuthorizationRequest.objects.of_patient(request).exclude(pk=request.pk)
    found = list(others.select_related("practice")[:MOST])
    if not found:
        return ()
    names, own = _indications(found), set(Practice.objects.of(user).values_list("pk", flat=True))
    return tuple(
        EarlierRequest(
            request=one,
            indication=names.get(one.pk, ""),
            overall=OVERALL[Overall(one.overall)] if one.overall else None,
            status=STATUS[RequestStatus(one.status)],
            is_readable=one.practice_id not in own,
        )
        for one in found
    )


def _indications(requests: list[AuthorizationRequest]) -> dict[int, str]:
    """What each was asked for, in the words of its last submission."""
    rows = Submission.objects.filter(request__in=requests).order_by("number")
    named = rows.annotate(indication=KeyTextTransform("indication", "content"))
    return {pk: name or "" for pk, name in named.values_list("request_id", "indication")}
