import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Array, Pdf
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from criteria.papers.packet.code import content_code
from criteria.papers.packet.dividers import Divider, Supported
from criteria.papers.packet.pdf import Printed
from tests.papers.packet.enclosed import (
    BLUE,
    PNG,
    RED,
    WHITE,
    File,
    corner_pdf,
    form_pdf,
    note_pdf,
    packet_with,
    photo,
)

# Points: where the frame of an enclosure's page lies on US Letter.
LEFT, RIGHT, FOOT = 39.6, 612 - 39.6, 50.0
OWN_PAGES = 3
# How far a channel may be off, as inks are.
NEARLY = 50


def texts(packet: Printed) -> list[str]:
    reader = PdfReader(BytesIO(packet.pdf))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def drawn(packet: Printed, page: int = -1) -> Image.Image:
    """A page as it is seen, a pixel a point."""
    with PdfDocument(packet.pdf) as document:
        return document[page % len(document)].render(scale=1).to_pil().convert("RGB")


def coloured(picture: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """The box of all that has nearly that colour."""
    off = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
    furthest = ImageChops.lighter(ImageChops.lighter(off[0], off[1]), off[2])
    box = furthest.point(lambda value: 255 * (value < NEARLY)).getbbox()
    assert box is not None
    return box


def test_each_document_follows_its_divider_in_order() -> None:
    packet, content = packet_with(corner_pdf(2), corner_pdf(1))
    found = texts(packet)
    assert packet.page_count == len(found) == OWN_PAGES + 5
    assert "Enclosure A: Document A" in found[3] and "2 pages, as received" in found[3]
    assert "Enclosure A · page 1 of 2" in found[4] and "Word 1" in found[4]
    assert "Enclosure A · page 2 of 2" in found[5] and "Word 2" in found[5]
    assert "Enclosure B: Document B" in found[6]
    assert "Enclosure B · page 1 of 1" in found[7]
    for number, text in enumerate(found, start=1):
        for words in ("Doe, Jane", "R-2026-00042", f"page {number} of 8", content_code(content)):
            assert words in text


def test_divider_names_the_criteria_and_the_page_of_their_evidence() -> None:
    packet, _ = packet_with(corner_pdf(), corner_pdf(2))
    found = texts(packet)
    assert "General 1 The fact history 1" in found[3]
    assert "1.1 Prolonged latency 2" in found[5]
    assert "No criterion names this document." in texts(packet_with(*[corner_pdf()] * 3)[0])[7]


def test_a_document_that_cannot_be_joined_says_why() -> None:
    trouble = Divider(
        letter="C",
        name="Letter",
        file="letter.pdf",
        dated="",
        pages=0,
        supports=(Supported("2", "IgG", ""),),
        trouble="The file is gone.",
    )
    packet, _ = packet_with(corner_pdf(), troubled=[trouble])
    last = texts(packet)[-1]
    assert "Enclosure C: Letter" in last and "none follow" in last
    assert "○ The file is gone." in last and "2 IgG none named" in last


def test_bookmarks_name_heading_parts_and_enclosures() -> None:
    packet, _ = packet_with(corner_pdf(), corner_pdf())
    outline = PdfReader(BytesIO(packet.pdf)).outline
    below = [entry.title for entry in outline[1]]  # type: ignore[union-attr]
    assert outline[0].title == "Nerve disease · Initial therapy"  # type: ignore[union-attr]
    assert below[-2:] == ["Enclosure A: Document A", "Enclosure B: Document B"]
    assert {"General requirements", "Dose worksheet", "Attestation"} <= set(below)


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    packet, _ = packet_with(corner_pdf(3), form_pdf(), photo(), photo(kind=PNG))
    path = tmp_path / "joined.pdf"
    path.write_bytes(packet.pdf)
    run = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_same_documents_same_bytes() -> None:
    files = (corner_pdf(2), photo(6))
    assert packet_with(*files)[0].pdf == packet_with(*files)[0].pdf


def test_it_claims_no_conformity_and_keeps_the_data() -> None:
    packet, _ = packet_with(corner_pdf())
    with Pdf.open(BytesIO(packet.pdf)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        assert "request.json" in pdf.attachments
        assert pdf.Root.MarkInfo.Marked
    assert b"pdfaid:part" not in metadata and b"pdfuaid" not in metadata


def test_a_page_larger_than_the_frame_is_made_to_fit() -> None:
    left, top, right, bottom = coloured(drawn(packet_with(corner_pdf(size=(1224, 1584)))[0]), RED)
    assert LEFT <= left <= LEFT + 20 and right < 120
    assert abs((right - left) - (bottom - top)) <= 1


def test_a_small_page_is_not_blown_up() -> None:
    left, top, right, bottom = coloured(drawn(packet_with(corner_pdf(size=(200, 200)))[0]), RED)
    assert 98 <= right - left <= 101 and 98 <= bottom - top <= 101


@pytest.mark.parametrize(
    ("turn", "corner"),
    [(0, "left top"), (90, "right top"), (180, "right bottom"), (270, "left bottom")],
)
def test_a_turned_page_is_seen_as_in_a_viewer(turn: int, corner: str) -> None:
    picture = drawn(packet_with(corner_pdf(Rotate=turn))[0])
    left, top, _, _ = coloured(picture, RED)
    side = "left" if left < picture.width / 2 else "right"
    height = "top" if top < picture.height / 2 else "bottom"
    assert f"{side} {height}" == corner


def test_only_the_crop_box_is_seen() -> None:
    crop = Array([50, 92, 562, 742])
    left, top, right, bottom = coloured(drawn(packet_with(corner_pdf(CropBox=crop))[0]), RED)
    assert 48 <= right - left <= 51 and 48 <= bottom - top <= 51


def test_a_crop_box_off_the_paper_does_not_hide_the_page() -> None:
    off = Array([5000, 5000, 6000, 6000])
    assert coloured(drawn(packet_with(corner_pdf(CropBox=off))[0]), RED)


def test_a_trim_box_hides_nothing() -> None:
    trim = Array([200, 200, 400, 400])
    assert coloured(drawn(packet_with(corner_pdf(TrimBox=trim))[0]), RED)


def test_units_larger_than_a_point_count() -> None:
    left, _, right, _ = coloured(
        drawn(packet_with(corner_pdf(size=(150, 150), UserUnit=2))[0]), RED
    )
    assert 197 <= right - left <= 202


@pytest.mark.parametrize(("value", "flags"), [("70 kg", 0), ("first\nsecond", 4096)])
def test_a_filled_form_prints_its_values(value: str, flags: int) -> None:
    assert " ".join(value.split()) in texts(packet_with(form_pdf(value, flags))[0])[-1]


def test_a_stamp_is_printed_at_its_place() -> None:
    picture = drawn(packet_with(note_pdf())[0])
    left, top, _, _ = coloured(picture, BLUE)
    assert left > picture.width / 2 and top > picture.height / 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright(orientation: int) -> None:
    picture = drawn(packet_with(photo(orientation))[0])
    left, top, right, bottom = coloured(picture, RED)
    assert bottom - top > right - left
    middle = (left + right) // 2, (top + bottom) // 2
    assert picture.getpixel((right + 30, middle[1])) == WHITE
    assert picture.getpixel((middle[0], bottom + 30)) == WHITE
    # Half of 400 pixels at 150 dots to the inch.
    assert 93 <= bottom - top <= 97


@pytest.mark.parametrize(
    "file",
    [photo(kind=PNG), photo(kind=PNG, mode="RGBA"), photo(kind=PNG, mode="P"), photo(mode="CMYK")],
)
def test_pictures_of_every_kind_keep_their_colour(file: File) -> None:
    left, top, right, bottom = coloured(drawn(packet_with(file)[0]), RED)
    assert 68 <= right - left <= 74 and 93 <= bottom - top <= 97


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "LA"])
def test_pictures_without_colour_are_printed(mode: str) -> None:
    stream = BytesIO()
    Image.new(mode, (300, 400), 0).save(stream, "PNG")
    picture = drawn(packet_with((stream.getvalue(), PNG))[0])
    if mode != "LA":
        assert picture.getpixel((306, 400)) == (0, 0, 0)
