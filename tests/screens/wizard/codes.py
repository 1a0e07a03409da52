"""Reads what the diagnosis page offers and says of codes."""

from bs4 import BeautifulSoup

from tests.screens.wizard.conftest import Walker


def found(soup: BeautifulSoup, name: str) -> list[str]:
    return [str(button["value"]) for button in soup.select(f"button[name={name}]")]


def note(walker: Walker, name: str = "icd10") -> str:
    found = walker.soup("diagnosis").select_one(f"#note-{name}")
    assert found is not None
    return found.get_text(" ", strip=True)
