import logging
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from criteria.papers.packet.code import content_code
from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.pdf import Printed, printed
from tests.helpers.papers.pages import NAMES, pages
from tests.papers.packet.contents import ISSUED_AT, complete, draft, forty, not_meeting


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def info(packet: Printed, tmp_path: Path, *options: str) -> str:
    path = tmp_path / "packet.pdf"
    path.write_bytes(packet.pdf)
    run = subprocess.run(["pdfinfo", *options, path], capture_output=True, check=True, text=True)
    return run.stdout


def test_it_is_a_pdf_with_its_pages_counted() -> None:
    packet = printed(complete())
    assert packet.pdf.startswith(b"%PDF-")
    assert packet.page_count == len(pages(packet)) > 1
    assert packet.unprintable == ""


@pytest.mark.parametrize("make", [complete, draft, not_meeting, forty])
def test_every_page_names_patient_request_policy_code_and_page(make: object) -> None:
    content: PacketContent = make()  # type: ignore[operator]
    texts = pages(printed(content))
    for number, text in enumerate(texts, start=1):
        for words in (
            content.patient.name or "name not stated",
            content.patient.member_id or "member not stated",
            "Authorization request R-2026-00042",
            f"page {number} of {len(texts)}",
            "Commercial policy EX-1",
            "issued 20 Nov 2026 10:44 EST",
            content_code(content),
        ):
            assert words in text


def test_a_draft_says_so_on_every_page() -> None:
    assert all(text.count("DRAFT") == 2 for text in pages(printed(draft())))
    assert not any("DRAFT" in text for text in pages(printed(complete())))


def test_forty_criteria_and_long_notes_print_whole() -> None:
    notes = " ".join(f"word{i}" for i in range(2300)) + "\n\n" + "unbroken" * 60 + " the end"
    assert len(notes) > 20_000
    content = forty(notes)
    text = "".join(squeezed(page) for page in pages(printed(content)))
    for line in (line for part in content.parts for line in part.criteria):
        assert squeezed(line.title) in text
    for i in range(2300):
        assert f"word{i}" in text
    assert "theend" in text


@pytest.mark.parametrize("name", NAMES)
def test_names_in_every_script_have_their_letters(name: str) -> None:
    content = complete()
    content = replace(content, patient=replace(content.patient, name=name))
    assert printed(content).unprintable == ""


@pytest.mark.parametrize("name", NAMES[:4])
def test_names_can_be_read_back(name: str) -> None:
    content = complete()
    content = replace(content, patient=replace(content.patient, name=name))
    assert all(squeezed(name) in squeezed(text) for text in pages(printed(content)))


def test_letters_without_a_font_are_named_by_their_numbers() -> None:
    packet = printed(replace(complete(), words="a\u0378b"))
    text = " ".join(pages(packet))
    assert packet.unprintable == ""
    assert "a[U+0378]b" in text
    assert "no font for: U+0378." in text


def test_a_long_head_pushes_the_page_down_and_is_whole() -> None:
    content = complete()
    patient = replace(content.patient, name="Long " * 32, member_id="M" * 80)
    content = replace(content, practice="Practice " * 22, patient=patient)
    for text in pages(printed(content)):
        assert squeezed(text).count("M" * 80) == 1
        assert text.count("Long") == 32 and text.count("Practice") == 22


def test_same_content_same_bytes() -> None:
    assert printed(complete()).pdf == printed(complete()).pdf


def test_same_content_same_bytes_in_another_process() -> None:
    script = (
        "import django; django.setup(); import sys;"
        "from criteria.papers.packet.pdf import printed;"
        "from tests.papers.packet.contents import ISSUED_AT, complete, draft;"
        "printed(draft());"
        "sys.stdout.buffer.write(printed(complete()).pdf)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[3],
        env={
            "DJANGO_SETTINGS_MODULE": "ivigportal.settings",
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Tokyo",
        },
    )
    assert run.stdout == printed(complete()).pdf


def test_it_is_tagged_with_title_language_and_outline(tmp_path: Path) -> None:
    packet = printed(complete())
    shown = info(packet, tmp_path)
    assert re.search(r"Title: +Authorization request R-2026-00042\n", shown)
    assert re.search(r"Tagged: +yes", shown)
    assert "Doe" not in shown
    reader = PdfReader(BytesIO(packet.pdf))
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert reader.outline
    structure = info(packet, tmp_path, "-struct")
    assert all(tag in structure for tag in ("H1", "H2", "Table", "TH", "TD"))


def test_its_dates_are_those_of_the_issue() -> None:
    metadata = PdfReader(BytesIO(printed(complete()).pdf)).metadata
    assert metadata is not None
    assert metadata.creation_date == metadata.modification_date == ISSUED_AT


def test_what_is_printed_stays_out_of_the_log() -> None:
    heard: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = heard.append  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        printed(replace(complete(), words="\N{TAGBANWA LETTER KA}\U0001e900"))
    finally:
        logging.getLogger().removeHandler(handler)
    assert heard == []


def test_page_size_is_that_of_the_settings(settings: object, tmp_path: Path) -> None:
    assert "612 x 792 pts (letter)" in info(printed(complete()), tmp_path)
    settings.PACKET_PAGE_SIZE = "A4"  # type: ignore[attr-defined]
    assert "(A4)" in info(printed(complete()), tmp_path)
