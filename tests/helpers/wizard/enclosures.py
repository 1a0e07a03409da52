"""Adding an enclosure in the wizard."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.screens.wizard.conftest import Walker


def add(walker: Walker, content: bytes | None = None, name: str = "EMG.pdf", **fields: str) -> Any:
    sent: dict[str, object] = {"title": "EMG report", **fields}
    if content is not None:
        sent["file"] = SimpleUploadedFile(name, content)
    return walker.client.post(walker.url("enclosures/add"), sent)
