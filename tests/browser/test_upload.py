"""Documents in a real browser: progress, refusal in place, a lost connection, no script."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from criteria.models import AuthorizationRequest, Enclosure
from tests.browser.conftest import sign_in
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.requests.enclosures import samples


@pytest.fixture
def number(transactional_db: None) -> str:
    return factory.cidp(publish_commercial_policy()).number


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    for name, content in {
        "EMG study.pdf": samples.pdf(3),
        "photo.jpg": samples.picture("JPEG"),
        "script.pdf": samples.with_root(OpenAction=samples.SCRIPT),
        "large.pdf": samples.pdf_of(1024 * 1024 + 1),
    }.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def open_page(page: Page, number: str) -> None:
    sign_in(page, people.prescriber())
    page.goto(f"/requests/{number}/enclosures/")


def add(page: Page) -> None:
    page.get_by_role("button", name="Add this document").click()


def test_document_comes_in_and_is_opened(page: Page, number: str, papers: Path) -> None:
    open_page(page, number)
    page.get_by_label("Notes for the reviewer").fill("Please call before noon.")
    page.get_by_label("File").set_input_files([papers / "EMG study.pdf", papers / "photo.jpg"])
    add(page)
    page.wait_for_url("**/enclosures/?added=B#enclosure-B")
    expect(page.locator(".enclosures li")).to_have_count(2)
    expect(page.get_by_label("Notes for the reviewer")).to_have_value("Please call before noon.")
    picture = page.get_by_role("img", name="Open page 1 of enclosure A")
    assert picture.evaluate("async (img) => { await img.decode(); return img.naturalWidth }") == 240
    row = page.locator("#id_q-cidp_mdl_nerves-page")
    page.locator("#id_q-cidp_mdl_nerves-encl").select_option("A")
    row.fill("4")
    expect(page.locator("#note-q-cidp_mdl_nerves-page")).to_contain_text("has 3 pages")
    expect(row).to_have_attribute("aria-invalid", "true")
    row.fill("3")
    expect(page.locator("#note-q-cidp_mdl_nerves-page")).to_be_empty()


def test_refused_file_is_said_beside_it(
    page: Page, number: str, papers: Path, settings: Any
) -> None:
    settings.ENCLOSURE_FILE_MB = 1
    open_page(page, number)
    page.get_by_label("What is it?").fill("EMG report")
    page.get_by_label("Its date").fill("1 May 2026")
    page.get_by_label("File").set_input_files(papers / "script.pdf")
    add(page)
    expect(page.locator("#documents")).to_contain_text("contains a script. Print it to PDF anew")
    expect(page.get_by_label("File")).to_be_focused()
    # One too large is not even sent.
    page.route("**/enclosures/add/", lambda route: pytest.fail("it was sent"))
    page.get_by_label("File").set_input_files(papers / "large.pdf")
    add(page)
    expect(page.get_by_role("alert")).to_contain_text("large.pdf is larger than 1 MB")
    expect(page.locator("#documents")).not_to_contain_text("contains a script")
    expect(page.get_by_label("What is it?")).to_have_value("EMG report")
    expect(page.get_by_label("Its date")).to_have_value("1 May 2026")
    assert not Enclosure.objects.exists()


def test_lost_connection_loses_no_field(page: Page, number: str, papers: Path) -> None:
    def cut(route: Route) -> None:
        route.abort("connectionreset")

    open_page(page, number)
    page.route("**/enclosures/add/", cut)
    page.get_by_label("What is it?").fill("EMG report")
    page.get_by_label("Notes for the reviewer").fill("Please call before noon.")
    page.get_by_label("File").set_input_files(papers / "EMG study.pdf")
    add(page)
    words = "The upload stopped. Nothing else was lost. Choose the file again."
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.get_by_label("What is it?")).to_have_value("EMG report")
    expect(page.get_by_label("Notes for the reviewer")).to_have_value("Please call before noon.")
    page.unroute("**/enclosures/add/")
    add(page)
    page.wait_for_url("**added=A*")
    expect(page.locator(".enclosures")).to_contain_text("EMG report")


def test_progress_is_told(page: Page, number: str, papers: Path) -> None:
    open_page(page, number)
    page.evaluate(
        """() => {
          window.told = [];
          new MutationObserver(() => {
            const words = document.getElementById("upload-words")?.textContent;
            if (words) window.told.push(words);
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
          const keep = () => sessionStorage.setItem("told", window.told);
          window.addEventListener("beforeunload", keep);
        }"""
    )
    page.get_by_label("File").set_input_files(papers / "large.pdf")
    add(page)
    page.wait_for_url("**added=A*")
    told = page.evaluate("sessionStorage.getItem('told')")
    assert "Sending: 0 %" in told
    assert "Checking the document" in told


def test_chosen_file_is_not_left_behind(page: Page, number: str, papers: Path) -> None:
    open_page(page, number)
    page.get_by_label("File").set_input_files(papers / "EMG study.pdf")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("EMG study.pdf is chosen but not added.")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/check/")
    assert not Enclosure.objects.exists()


def test_enter_in_the_title_adds_the_document(page: Page, number: str) -> None:
    open_page(page, number)
    page.get_by_label("What is it?").fill("EMG report")
    page.get_by_label("What is it?").press("Enter")
    page.wait_for_url("**added=A*")
    expect(page.locator(".enclosures")).to_contain_text("No file: sent separately")


def test_without_script(browser: Browser, live_server: Any, number: str, papers: Path) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    open_page(page, number)
    page.get_by_label("Notes for the reviewer").fill("Please call before noon.")
    page.get_by_label("What is it?").fill("EMG report")
    page.get_by_label("File").set_input_files(papers / "script.pdf")
    add(page)
    expect(page.locator("#documents")).to_contain_text("contains a script")
    expect(page.get_by_label("What is it?")).to_have_value("EMG report")
    page.get_by_label("File").set_input_files(papers / "EMG study.pdf")
    add(page)
    expect(page.locator(".enclosures")).to_contain_text("EMG study.pdf, 3 pages")
    expect(page.get_by_label("Notes for the reviewer")).to_have_value("Please call before noon.")
    page.get_by_role("button", name="Remove enclosure A").click()
    expect(page.locator("#documents")).to_contain_text("No document yet")
    context.close()
    assert AuthorizationRequest.objects.get().enclosure_letters == ""
