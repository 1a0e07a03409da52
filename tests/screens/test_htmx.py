"""How htmx is set up, and the token it sends, stand once for every page."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS, TOKEN = "templates/criteria/_htmx_settings.html", "static/criteria/csrf.js"


def holding(pattern: str) -> list[str]:
    """Our templates and scripts that hold a text."""
    paths = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/criteria/**/*.js")]
    found = (path for path in paths if re.search(pattern, path.read_text()))
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def test_settings_and_token_stand_in_one_file_each() -> None:
    assert holding(r"htmx-config|htmx\.config\b|responseHandling") == [SETTINGS]
    assert holding(r"document\.cookie") == [TOKEN]


def test_whatever_loads_htmx_has_the_settings_and_the_token() -> None:
    loading = holding(r"htmx_script|htmx-2\.min\.js")
    assert loading and loading == holding(r"csrf\.js") == holding(r"_htmx_settings\.html")
