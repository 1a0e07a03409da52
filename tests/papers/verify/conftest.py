"""Packets and letters to check, and hostile files."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse


@pytest.fixture(autouse=True)
def nobody_tried_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def page(client: Client) -> "Page":
    return Page(client)


class Page:
    """The page as a stranger uses it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.address = reverse("verify:verify")

    def code(self, code: str, **more: Any) -> Any:
        return self.client.post(self.address, {"by": "code", "code": code}, **more)

    def file(self, content: bytes, name: str = "packet.pdf", **more: Any) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile(name, content, "application/pdf")
        return self.client.post(self.address, {"by": "file", "file": file}, **more)
