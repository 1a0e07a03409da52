"""The page on which a letter is written."""

from typing import Any

from tests.screens.wizard.conftest import soup_of

WHY = {"reason": "All criteria are met."}


def text_of(response: Any) -> str:
    main = soup_of(response).select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def problems_of(response: Any) -> str:
    return " ".join(li.get_text() for li in soup_of(response).select(".error-summary li"))
