"""One request from its draft to the checked papers, by three people in three browsers."""

import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from criteria.models import AuthorizationRequest, Determination, Letter, Packet
from tests.browser import rounds
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories.commercial import publish_commercial_policy
from tests.factories.people import rhea
from tests.screens.review.reviewed import ready

UNCHANGED, OTHER = "exactly as issued", "but is not the file we issued"


@pytest.fixture
def number(transactional_db: None) -> str:
    """A draft that is ready to submit."""
    return ready(publish_commercial_policy()).number


@pytest.fixture
def windows(browser: Browser, live_server: object) -> Iterator[tuple[Page, Page, Page]]:
    """Of Ann, of Rhea, and of somebody who has no account."""
    with ExitStack() as open_windows:
        first, second, third = (
            open_windows.enter_context(rounds.own_browser(browser, str(live_server)))
            for _ in range(3)
        )
        yield first, second, third


def downloaded(page: Page, link: str, to: Path) -> Path:
    """What a link downloads, under the name it has."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    file = to / download.value.suggested_filename
    download.value.save_as(file)
    return file


def check_file(page: Page, file: Path, found: str) -> None:
    page.goto("/verify/")
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.locator(".banner")).to_contain_text(found)


def check_code(page: Page, code: str, name: str) -> None:
    page.goto("/verify/")
    page.get_by_label("Code at the foot of each page").fill(code.lower())
    page.get_by_role("button", name="Check the code").click()
    expect(page.get_by_role("rowheader", name=name, exact=True)).to_be_visible()


def altered(file: Path) -> Path:
    """The same with something added, as an editor leaves it."""
    other = file.with_name(f"altered-{file.name}")
    other.write_bytes(file.read_bytes() + b"\n% added\n")
    return other


def test_from_the_draft_to_the_checked_papers(
    windows: tuple[Page, Page, Page], number: str, tmp_path: Path
) -> None:
    prescriber, reviewer, anybody = windows
    sign_in(prescriber, people.prescriber())
    prescriber.goto(f"/requests/{number}/submit/")
    rounds.submit(prescriber)

    sign_in(reviewer, rhea())
    rounds.take(reviewer, number)
    rounds.question(reviewer)
    rounds.ask(reviewer)
    rounds.answer(prescriber, number)
    rounds.approve_less(reviewer, number)
    decision = Determination.objects.get()
    assert decision.grams_per_course == 100
    assert decision.submission.number == 2
    assert AuthorizationRequest.objects.get().status == "approved"

    prescriber.goto(f"/requests/{number}/packet/")
    expect(prescriber.get_by_role("heading", level=1)).to_contain_text("approved")
    packet = downloaded(prescriber, "Download the packet (PDF)", tmp_path)
    letter = downloaded(prescriber, "Download letter 2 (PDF)", tmp_path)
    assert letter.name == f"{number}-letter-2.pdf"
    assert "Begin lower." in PdfReader(io.BytesIO(letter.read_bytes())).pages[0].extract_text()
    said = "".join(page.extract_text() for page in PdfReader(packet).pages)
    assert "EMG report, all pages" in said.replace("\n", " ")

    for file in (packet, letter):
        check_file(anybody, file, UNCHANGED)
        check_file(anybody, altered(file), OTHER)
    check_code(anybody, Packet.objects.latest("sequence").content_code, f"Packet 2 of {number}")
    check_code(anybody, Letter.objects.latest("sequence").code, f"Letter 2 of {number}")
