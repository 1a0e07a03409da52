"""What is taken, and the limits: below, at and above."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from pikepdf import Array, Dictionary, Name, String

from criteria.requests.enclosures.checking import checked
from criteria.requests.enclosures.refusal import Refusal, RefusedError
from tests.requests.enclosures import samples
from tests.requests.enclosures.samples import action, pdf, picture, with_annotation, with_root


def found(content: bytes, name: str = "x.pdf") -> tuple[str, int | None]:
    document = checked(ContentFile(content, name))
    return document.media_type, document.pages


def reason(content: bytes) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        checked(ContentFile(content, "x.pdf"))
    return refused.value.reason


@pytest.mark.parametrize(
    ("content", "name", "media_type", "pages"),
    [
        (pdf(3), "EMG.pdf", "application/pdf", 3),
        (pdf(3), "EMG.png", "application/pdf", 3),
        (pdf(1) + b"\r\n\0\0", "padded.pdf", "application/pdf", 1),
        (picture("PNG"), "photo.jpg", "image/png", 1),
        (picture("PNG", mode="RGBA"), "clear.png", "image/png", 1),
        (picture("PNG", mode="P"), "few colours.png", "image/png", 1),
        (picture("PNG", mode="I;16"), "deep grey.png", "image/png", 1),
        (picture("JPEG"), "photo.jpeg", "image/jpeg", 1),
        (picture("JPEG", mode="CMYK"), "print.jpg", "image/jpeg", 1),
        (picture("JPEG", progressive=True), "progressive.jpg", "image/jpeg", 1),
        (picture("JPEG") + b"what a camera adds", "camera.jpg", "image/jpeg", 1),
    ],
)
def test_taken_by_content(content: bytes, name: str, media_type: str, pages: int) -> None:
    assert found(content, name) == (media_type, pages)


@pytest.mark.parametrize(
    "content",
    [
        with_annotation(Subtype=Name.Link, A=action("URI", URI=String("https://clinic.example"))),
        with_root(OpenAction=action("Named", N=Name.Print)),
        with_root(OpenAction=Array([Name.Fit])),
        with_root(AcroForm=Dictionary(Fields=Array([]))),
        samples.deep_tree(20),
        samples.deep_value(50),
    ],
    ids=["link", "prints", "opens at a page", "form", "tree", "lists"],
)
def test_what_records_hold_is_taken(content: bytes) -> None:
    assert found(content)[0] == "application/pdf"


def test_pages_of_a_file(settings: Any) -> None:
    settings.ENCLOSURE_FILE_PAGES = 3
    assert [found(pdf(count))[1] for count in (2, 3)] == [2, 3]
    assert reason(pdf(4)) == Refusal.PAGES


def test_bytes_of_a_file(settings: Any) -> None:
    settings.ENCLOSURE_FILE_MB = 1
    most = 1024 * 1024
    assert [found(samples.pdf_of(size))[1] for size in (most - 1, most)] == [1, 1]
    assert reason(samples.pdf_of(most + 1)) == Refusal.BYTES


def test_pixels_of_a_picture(settings: Any) -> None:
    settings.ENCLOSURE_IMAGE_MEGAPIXELS = 1
    for size in ((1000, 999), (1000, 1000)):
        assert found(picture("JPEG", size))[1] == 1
    assert reason(picture("JPEG", (1000, 1001))) == Refusal.PIXELS
    assert reason(picture("PNG", (1000, 1001))) == Refusal.PIXELS


@pytest.mark.parametrize("inches", [0.1, 8.5, 199.9, 200])
def test_pages_of_paper(inches: float) -> None:
    assert found(samples.page_of(inches))[1] == 1


@pytest.mark.parametrize("inches", [0, 0.09, 200.1, 10_000])
def test_pages_no_paper_has(inches: float) -> None:
    assert reason(samples.page_of(inches)) == Refusal.PAGE_SIZE


def test_largest_units_of_a_page() -> None:
    def unit(size: float) -> bytes:
        return pdf(1, lambda made: made.pages[0].obj.__setitem__("/UserUnit", size))

    assert found(unit(2))[1] == 1
    assert reason(unit(1000)) == Refusal.PAGE_SIZE
