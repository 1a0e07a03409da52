"""The child: what it knows, what it may take, and what is said when it fails."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile

from criteria.requests.enclosures import confined, process
from criteria.requests.enclosures.checking import checked
from criteria.requests.enclosures.refusal import Refusal, RefusedError, sentence
from criteria.requests.enclosures.settings import file_limits
from tests.requests.enclosures.samples import pdf, picture


def reason(content: bytes) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        checked(ContentFile(content, "x.pdf"))
    return refused.value.reason


def test_upload_is_read_where_it_lies_and_stays_as_it_was() -> None:
    with TemporaryUploadedFile("EMG.pdf", "text/html", 0, None) as upload:
        upload.write(pdf(3))
        upload.size = upload.tell()
        upload.seek(0)
        assert checked(upload).pages == 3
        assert upload.read() == pdf(3)[:0] + Path(upload.temporary_file_path()).read_bytes()


def test_child_knows_nothing_of_the_application() -> None:
    asked = (
        "import sys; import criteria.requests.enclosures.child as child;"
        "child._check(None); child._draw(None, 1, 1);"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )
    found = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        check=True,
    )
    assert found.stdout.strip() == b"[]"


def test_child_gets_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    given: dict[str, Any] = {}
    run = subprocess.run

    def noted(*args: Any, **kwargs: Any) -> Any:
        given.update(kwargs)
        return run(*args, **kwargs)

    monkeypatch.setattr(confined.subprocess, "run", noted)
    checked(ContentFile(pdf(), "x.pdf"))
    assert "SECRET_KEY" in os.environ
    assert given["env"] == {"LC_ALL": "C.UTF-8"}


def test_too_little_memory_ends_the_child(settings: Any) -> None:
    settings.ENCLOSURE_CHECK_MB = 200
    large = picture("PNG", (7000, 7000), mode="RGBA", compress_level=1)
    assert reason(large) == Refusal.WORK
    assert checked(ContentFile(picture("PNG"), "x.png")).pages == 1


def test_too_little_time_ends_the_child(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ENCLOSURE_CHECK_SECONDS = 1
    monkeypatch.setattr(process, "CHILD", "tests.requests.enclosures.endless")
    assert reason(pdf()) == Refusal.WORK


def test_busy_machine_is_not_the_fault_of_the_file(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENCLOSURE_CHECK_SECONDS = 1
    monkeypatch.setattr(process, "PATIENCE_SECONDS", -0.99)
    assert reason(pdf()) == Refusal.UNCHECKED


def test_child_that_does_not_start_is_told_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "CHILD", "criteria.requests.enclosures.missing")
    assert reason(pdf()) == Refusal.UNCHECKED


@pytest.mark.parametrize(
    "said",
    [b"", b"[]", b"null", b'{"refused": "x"}', b'{"media_type": "text/html", "pages": 1}']
    + [
        json.dumps({"media_type": "image/png", "pages": pages}).encode()
        for pages in (0, -1, "1", None, True)
    ],
)
def test_odd_answers_are_not_believed(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("criteria.requests.enclosures.checking.asked", lambda *args: said)
    assert reason(pdf()) == Refusal.UNCHECKED


def test_more_pages_than_allowed_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    said = b'{"media_type": "application/pdf", "pages": 201}'
    monkeypatch.setattr("criteria.requests.enclosures.checking.asked", lambda *args: said)
    assert reason(pdf()) == Refusal.PAGES


@pytest.mark.parametrize("why", Refusal)
def test_every_refusal_says_what_to_do(why: Refusal) -> None:
    said = sentence(why, file_limits())
    assert said.endswith(".")
    assert any(word in said for word in ("Print", "Choose", "Attach", "attach", "Try", "Save"))
