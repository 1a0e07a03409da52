"""Everything issue 5 knows, stored once a module, and everybody who may ask for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction

from criteria.accounts.permissions import Role
from criteria.actions.requests.enclosures import add_enclosure
from criteria.actions.reviews.hold import take_request
from criteria.actions.reviews.waiting import go_on_without_answer
from criteria.models import AuthorizationRequest
from criteria.requests.enclosures.checking import CheckedDocument
from criteria.screens.wizard.packets import issue
from tests.actions.letters import INFORMATION, send, write
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.factories.people import paula, person, rhea
from tests.requests.enclosures.samples import picture
from tests.screens.review.desk import submitted_as_typed


@dataclass(frozen=True, slots=True)
class Scene:
    """Numbers of requests of Ann's: submitted and held by Rhea, a draft, and a quick check.

    The submitted one has enclosure A, letter 1 and packet 1.
    """

    submitted: str
    draft: str
    quick_check: str


@contextmanager
def scene(blocker: Any, people: dict[str, dict[str, str]] | None = None) -> Iterator[Scene]:
    """All of it, gone at the end. ``people``: pages typed over the usual patient."""
    with blocker.unblock(), transaction.atomic():
        version = publish_commercial_policy()
        made = enclosed(factory.started(version))
        made = factory.saved(made, factory.CIDP | factory.PEOPLE | (people or {}))
        yield Scene(
            submitted=with_papers(submitted_as_typed(made)),
            draft=factory.cidp(version).number,
            quick_check=factory.started(version, is_quick_check=True).number,
        )
        transaction.set_rollback(True)


def enclosed(request: AuthorizationRequest) -> AuthorizationRequest:
    """With a picture as enclosure A."""
    content = ContentFile(picture("PNG", (60, 60)), "scan.png")
    document = CheckedDocument(
        content=content, file_name="scan.png", media_type="image/png", pages=1
    )
    title = "EMG report"
    add_enclosure(request=request, title=title, dated=None, document=document, by=request.owner)
    return AuthorizationRequest.objects.get(pk=request.pk)


def with_papers(request: AuthorizationRequest) -> str:
    """Taken by Rhea, asked about in letter 1, gone on without an answer, printed: its number."""
    take_request(request=request, by=rhea())
    write(request, INFORMATION)
    send(request, INFORMATION)
    go_on_without_answer(request=request, by=rhea())
    issue(AuthorizationRequest.objects.get(pk=request.pk), by=rhea())
    return request.number


def cara() -> User:
    """Reviews, and works in the practice of the requests as well."""
    people.prescriber("cara")
    return person("cara", Role.REVIEWERS)


# In the order of the columns of test_access. None has not signed in.
EVERYBODY: dict[str, Any] = {
    "nobody": lambda: None,
    "ann": people.prescriber,
    "ben": people.ben,
    "rhea": rhea,
    "cara": cara,
    "paula": paula,
}
