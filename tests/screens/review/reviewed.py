"""A submitted CIDP request that Rhea holds, with what she says of its criteria."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from criteria.actions.requests.enclosures import add_enclosure
from criteria.actions.requests.submit import submit_request
from criteria.actions.reviews.dispositions import DispositionEntry, save_dispositions
from criteria.actions.reviews.hold import take_request
from criteria.models import (
    AuthorizationRequest,
    Disposition,
    LetterDraft,
    LetterKind,
    PolicyVersion,
    Submission,
    Verdict,
)
from criteria.papers.letters.basis import ReadSubmission, read_submission
from criteria.requests.content import StatedAttestation
from criteria.screens.wizard.forms.send import STATEMENT
from tests.factories import request as factory
from tests.factories.people import rhea
from tests.factories.review import view_all
from tests.factories.submitted import record_now
from tests.screens.wizard.conftest import soup_of

INFORMATION, APPROVAL, DENIAL = LetterKind.INFORMATION, LetterKind.APPROVAL, LetterKind.DENIAL
KINDS = (INFORMATION, APPROVAL, DENIAL)


def ready(version: PolicyVersion, **dose: str) -> AuthorizationRequest:
    """A CIDP draft that can be submitted; ``dose``: other fields of the dose page."""
    pages = factory.CIDP | {"dose": factory.CIDP["dose"] | dose}
    made = factory.saved(factory.started(version), pages | factory.PEOPLE)
    add_enclosure(request=made, title="EMG report", dated=None, document=None, by=made.owner)
    return AuthorizationRequest.objects.get(pk=made.pk)


def submit(request: AuthorizationRequest) -> AuthorizationRequest:
    """Submit a request as it stands."""
    request = AuthorizationRequest.objects.get(pk=request.pk)
    attestation = StatedAttestation(
        name="Ann Lee", statement=STATEMENT, attested_at=timezone.now(), attested_by="ann"
    )
    record = record_now(request, attestation)
    submit_request(request=request, revision=request.revision, record=record, by=request.owner)
    return AuthorizationRequest.objects.get(pk=request.pk)


def held(version: PolicyVersion, **dose: str) -> AuthorizationRequest:
    """The same, submitted and taken by Rhea."""
    take_request(request=submit(ready(version, **dose)), by=rhea())
    return AuthorizationRequest.objects.get()


def accept_all(request: AuthorizationRequest) -> None:
    """Rhea accepts every criterion of the last submission, with a note."""
    view_all(request, Verdict.ACCEPTED)


def unsay(request: AuthorizationRequest, *keys: str) -> None:
    """Nothing is said of these criteria any more."""
    Disposition.objects.filter(submission__request=request, key__in=keys).delete()


def say(request: AuthorizationRequest, **verdicts: tuple[str, str]) -> None:
    """Verdict and note on criteria of the pathway, by key."""
    number = request.submissions.count()
    seen = dict(
        Disposition.objects.filter(
            submission__request=request, submission__number=number, block="criteria"
        ).values_list("key", "at")
    )
    said = [
        DispositionEntry(block="criteria", key=key, verdict=verdict, note=note, seen=seen.get(key))
        for key, (verdict, note) in verdicts.items()
    ]
    save_dispositions(request=request, submission_number=number, said=said, by=rhea())


def read(request: AuthorizationRequest) -> ReadSubmission:
    """The last submission as letters read it."""
    return read_submission(Submission.objects.filter(request=request).latest("number"))


@dataclass
class Desk:
    """Rhea at a letter, as a browser without JavaScript sends it."""

    client: Client
    request: AuthorizationRequest

    def url(self, kind: str, page: str = "") -> str:
        return f"/review/{self.request.number}/letter/{kind}/" + (f"{page}/" if page else "")

    def post(self, kind: str, do: str = "save", **fields: Any) -> Any:
        return self.client.post(self.url(kind), self.fields(kind) | fields | {"do": do})

    def fields(self, kind: str) -> dict[str, Any]:
        """What the browser would send back unchanged."""
        response = self.client.get(self.url(kind))
        assert response.status_code == 200, response.content.decode()
        form = soup_of(response).select_one("form.letter-form")
        assert form is not None
        found: dict[str, Any] = {}
        for field in form.select("input, textarea"):
            name = str(field.get("name"))
            if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
                continue
            value = field.get_text().removeprefix("\n") if field.name == "textarea" else ""
            found.setdefault(name, []).append(value or str(field.get("value", "")))
        return found

    def send(self, kind: str) -> Any:
        """Press the button of the page before sending."""
        response = self.client.get(self.url(kind, "send"))
        assert response.status_code == 200, response.content.decode()
        seen = soup_of(response).select_one("input[name=seen]")
        assert seen is not None
        return self.client.post(self.url(kind, "send"), {"seen": seen["value"]})

    def draft(self, kind: str) -> LetterDraft:
        return LetterDraft.objects.get(request=self.request, kind=kind)

    def again(self) -> AuthorizationRequest:
        return AuthorizationRequest.objects.get(pk=self.request.pk)
