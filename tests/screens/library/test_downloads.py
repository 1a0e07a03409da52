"""What changed, to take away: as a Markdown file and as a PDF for the committee."""

import re
import subprocess
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from criteria.accounts.permissions import Role
from criteria.policies.difference import difference
from criteria.policies.stored.load import edition_of
from criteria.screens.library.page import DifferencePage
from criteria.screens.library.pdf import difference_pdf
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.screens.library.shelf import KEY, ended, first_and_second, soup_of, text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(person("ann", Role.PRESCRIBERS))
    return client


def url(kind: str, number: str, since: str = "") -> str:
    address = reverse(f"library:changes_{kind}", args=[KEY, number])
    return f"{address}?from={since}" if since else address


def words(pdf: bytes) -> list[str]:
    """The words of each page, in one line."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def a_difference() -> DifferencePage:
    old, new = first_and_second()
    return DifferencePage(difference(edition_of(old), edition_of(new)))


# Markdown


def test_markdown_is_what_the_command_prints(reader: Client) -> None:
    first_and_second()
    out = StringIO()
    call_command("diff_policies", f"{KEY}:1", f"{KEY}:2/b", stdout=out)
    response = reader.get(url("markdown", "2/b", "1"))
    assert response.text == out.getvalue()
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert f'filename="{KEY}-1-to-2-b.md"' in response["Content-Disposition"]


# PDF


def test_pdf_says_what_the_page_says_in_its_order(reader: Client) -> None:
    first_and_second()
    page = soup_of(reader.get(reverse("library:changes", args=[KEY, "2/b"])))
    response = reader.get(url("pdf", "2/b"))
    assert response["Content-Type"] == "application/pdf"
    assert f'filename="{KEY}-1-to-2-b.pdf"' in response["Content-Disposition"]
    text = " ".join(words(b"".join(response)))
    at = [text.find(h.get_text()) for h in page.select("h2, h3, .change-head strong")]
    assert -1 not in at
    for said in page.select(".side, .counts li, #said + ul li"):
        last = said.get_text(" ").split()[-1]
        assert last in text


def test_every_page_names_both_editions_the_day_and_the_page() -> None:
    pdf = difference_pdf(a_difference(), on=DAY, drafts=["2/b"])
    pages = words(pdf)
    for number, text in enumerate(pages, start=1):
        for said in ("From 1 to 2/b (draft)", "20 Nov 2026", f"page {number} of {len(pages)}"):
            assert said in text


def test_pdf_is_tagged_titled_and_the_same_every_time(tmp_path: Path) -> None:
    page = a_difference()
    pdf = difference_pdf(page, on=DAY)
    assert pdf == difference_pdf(page, on=DAY)
    path = tmp_path / "changes.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stdout
    assert re.search(r"Tagged: +yes", told)
    assert "what changed from 1 to 2/b" in told
    assert b"pdfuaid:part" in PdfReader(path).trailer["/Root"]["/Metadata"].get_data()
    subprocess.run(["qpdf", "--check", path], capture_output=True, check=True)


def test_signs_without_a_font_stand_as_numbers() -> None:
    ended(date(2022, 1, 1), number="1")
    said = [{"day": "2022-01-01", "summary": "A sign \ue0ff of nobody.", "lines": "81"}]
    new = published(number="2", effective_from="2022-01-01", history=said)
    old = new.policy.versions.get(number="1")
    page = DifferencePage(difference(edition_of(old), edition_of(new)))
    text = " ".join(words(difference_pdf(page, on=DAY)))
    assert "A sign [U+E0FF] of nobody." in text


# Who, and what cannot be compared


@pytest.mark.parametrize("kind", ["markdown", "pdf"])
def test_anonymous_is_sent_to_login(kind: str) -> None:
    assert Client().get(url(kind, "1"))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("kind", ["markdown", "pdf"])
def test_drafts_are_for_those_who_work_on_policies(reader: Client, kind: str) -> None:
    first_and_second()
    draft(number="3", effective_from="2023-01-01")
    for other in (person("ann", Role.PRESCRIBERS), person("rhea", Role.REVIEWERS)):
        reader.force_login(other)
        assert reader.get(url(kind, "3")).status_code == 404
        assert reader.get(url(kind, "2/b", "3")).status_code == 404
    for own in (paula(), peter()):
        reader.force_login(own)
        assert reader.get(url(kind, "3")).status_code == 200


@pytest.mark.parametrize("kind", ["markdown", "pdf"])
def test_what_cannot_be_compared_leads_to_the_page_that_says_why(reader: Client, kind: str) -> None:
    first_and_second()
    response = reader.get(url(kind, "1"), follow=True)
    assert "No edition comes before this one" in text_of(response)
    response = reader.get(url(kind, "2/b", "2/b"), follow=True)
    assert "does not differ from itself" in text_of(response)
    assert reader.get(url(kind, "2/b", "9")).status_code == 404
    assert reader.post(url(kind, "2/b")).status_code == 405


def test_pages_lead_to_both(reader: Client) -> None:
    first_and_second()
    page = reader.get(reverse("library:changes", args=[KEY, "2/b"])).text
    assert url("pdf", "2/b", "1") in page
    assert url("markdown", "2/b", "1") in page
    assert url("pdf", "2/b", "1") in reader.get(reverse("library:policies")).text
