"""Adding and removing documents: who may, how much, and that nothing is left behind."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from criteria.accounts.permissions import Role
from criteria.actions.requests import enclosures as enclosures
from criteria.actions.requests.edit import withdraw_request
from criteria.actions.requests.enclosures import (
    CheckedDocument,
    FullError,
    add_enclosure,
    letter_of,
    remove_enclosure,
)
from criteria.models import AuthorizationRequest, Enclosure, Event, PolicyVersion, RequestStatus
from tests.factories import people
from tests.factories import request as factory
from tests.factories.people import person

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def draft(uhc_version: PolicyVersion) -> AuthorizationRequest:
    return factory.started(uhc_version)


def document(size: int = 10, pages: int = 1) -> CheckedDocument:
    return CheckedDocument(
        content=b"x" * size, file_name="EMG.pdf", media_type="application/pdf", pages=pages
    )


def add(
    request: AuthorizationRequest, what: CheckedDocument | None = None, **more: Any
) -> Enclosure:
    said = {"title": "EMG", "dated": None, "by": request.owner} | more
    return add_enclosure(request=request, document=what, **said)


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_it_is_kept_with_its_digest_and_an_event(draft: AuthorizationRequest) -> None:
    revision = draft.revision
    content = b"y" * (2 * MB + 1)
    kept = add(
        draft,
        CheckedDocument(
            content=ContentFile(content), file_name="a.pdf", media_type="image/png", pages=1
        ),
    )
    assert kept.file.read() == content
    kept.file.close()
    assert (kept.size_bytes, len(kept.sha256), kept.letter) == (len(content), 64, "A")
    assert (draft.enclosure_letters, draft.revision) == ("A", revision + 1)
    event = Event.objects.get(verb="enclose")
    assert event.summary == "Enclosure A"


def test_letters_are_never_given_twice(draft: AuthorizationRequest) -> None:
    first = add(draft)
    remove_enclosure(enclosure=first, by=draft.owner)
    assert add(draft).letter == "B"
    assert [letter_of(i) for i in (0, 25, 26, 99)] == ["A", "Z", "AA", "CV"]


@pytest.mark.parametrize("name", ["ben", "rhea"])
def test_only_the_practice_adds_and_removes(
    draft: AuthorizationRequest, name: str, media: Path
) -> None:
    other = people.ben() if name == "ben" else person("rhea", Role.REVIEWERS)
    kept = add(draft, document())
    before = files(media)
    with pytest.raises(PermissionDenied):
        add(draft, document(), by=other)
    with pytest.raises(PermissionDenied):
        remove_enclosure(enclosure=kept, by=other)
    assert files(media) == before
    assert Enclosure.objects.get().removed_at is None


def test_sent_request_is_not_changed_even_by_who_opened_it_before(
    draft: AuthorizationRequest,
) -> None:
    opened = AuthorizationRequest.objects.get(pk=draft.pk)
    withdraw_request(request=draft, by=draft.owner)
    assert opened.status == RequestStatus.DRAFT
    with pytest.raises(PermissionDenied):
        add(opened, document())


def test_asked_practice_adds(draft: AuthorizationRequest) -> None:
    rows = AuthorizationRequest.objects.filter(pk=draft.pk)
    with_due = {"submitted_at": draft.created_at, "submitted_by": draft.owner}
    rows.update(status=RequestStatus.INFORMATION_REQUESTED, due_at=draft.created_at, **with_due)
    assert add(draft, document()).letter == "A"


@pytest.mark.parametrize(("size", "fits"), [(MB - 1, True), (MB, True), (MB + 1, False)])
def test_bytes_of_a_request(
    draft: AuthorizationRequest, settings: Any, size: int, fits: bool, media: Path
) -> None:
    settings.ENCLOSURE_REQUEST_MB = 2
    add(draft, document(MB))
    if fits:
        assert add(draft, document(size)).size_bytes == size
        return
    with pytest.raises(FullError, match="more than 2 MB"):
        add(draft, document(size))
    assert len(files(media)) == 1


@pytest.mark.parametrize(("pages", "fits"), [(199, True), (200, True), (201, False)])
def test_pages_of_a_request(
    draft: AuthorizationRequest, settings: Any, pages: int, fits: bool
) -> None:
    gone = add(draft, document(pages=200))
    remove_enclosure(enclosure=gone, by=draft.owner)
    add(draft, document(pages=200))
    add(draft, document(pages=100))
    if fits:
        assert add(draft, document(pages=pages)).pages == pages
        return
    with pytest.raises(FullError, match="more than 500 pages"):
        add(draft, document(pages=pages))


@pytest.mark.parametrize(("before", "fits"), [(1, True), (2, True), (3, False)])
def test_number_of_documents(
    draft: AuthorizationRequest, monkeypatch: pytest.MonkeyPatch, before: int, fits: bool
) -> None:
    monkeypatch.setattr(enclosures, "MOST_DOCUMENTS", 3)
    for _ in range(before):
        remove_enclosure(enclosure=add(draft), by=draft.owner)
    if fits:
        add(draft)
        return
    with pytest.raises(FullError, match="3 documents in all"):
        add(draft)


def test_letters_of_all_documents_fit_their_column() -> None:
    letters = " ".join(letter_of(i) for i in range(enclosures.MOST_DOCUMENTS))
    assert len(letters) <= AuthorizationRequest._meta.get_field("enclosure_letters").max_length


def test_row_that_is_not_written_leaves_no_file(
    draft: AuthorizationRequest, monkeypatch: pytest.MonkeyPatch, media: Path
) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("no event")

    monkeypatch.setattr(enclosures, "record_event", fail)
    with pytest.raises(RuntimeError):
        add(draft, document())
    assert not files(media)
    assert not Enclosure.objects.exists()


def test_title_has_no_hidden_characters(draft: AuthorizationRequest) -> None:
    assert add(draft, title="EMG\u202e \x00report\n").title == "EMG report"


def test_each_act_asks_few_questions(
    draft: AuthorizationRequest, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        kept = add(draft, document())
    with django_assert_max_num_queries(9):
        remove_enclosure(enclosure=kept, by=draft.owner)
