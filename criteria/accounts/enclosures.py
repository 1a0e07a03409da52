"""Loads a document of a request. Loading it is the permission check."""

from django.contrib.auth.models import User
from django.http import Http404

from criteria.accounts.permissions import get_own_request, get_request
from criteria.models import AuthorizationRequest, Enclosure


def get_enclosure(user: User, number: str, letter: str) -> Enclosure:
    """A document that is stored, for whoever may read it. Raises Http404 for any other one.

    The practice reads what is enclosed now and what it ever submitted; reviewers read what was
    submitted, in any round, and nothing the practice adds while it answers them. A letter is never
    given twice, so it means the same document in every round.
    """
    found = get_request(user, number)
    enclosure = Enclosure.objects.filter(request=found, letter=letter).first()
    if enclosure is None or not enclosure.file or not _may_read(user, found, enclosure):
        raise Http404("The request has no such document.")
    enclosure.request = found
    return enclosure


def _may_read(user: User, request: AuthorizationRequest, enclosure: Enclosure) -> bool:
    is_now = enclosure.removed_at is None
    return (is_now and _is_own(user, request)) or enclosure.pk in submitted_ids(request)


def _is_own(user: User, request: AuthorizationRequest) -> bool:
    try:
        get_own_request(user, request.number)
    except Http404:
        return False
    return True


def submitted_ids(request: AuthorizationRequest) -> set[int]:
    """The documents that were part of a submission, in any round."""
    rounds = request.submissions.values_list("content__enclosures", flat=True)
    return {document["id"] for listed in rounds for document in listed or ()}
