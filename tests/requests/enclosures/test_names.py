"""Names are shown, and are never paths."""

import pytest

from criteria.requests.enclosures.names import LONGEST_NAME, shown_line, shown_name, title_from


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("EMG report.pdf", "EMG report.pdf"),
        ("../../x", "x"),
        ("C:\\scans\\EMG.pdf", "EMG.pdf"),
        ("/etc/passwd", "passwd"),
        ("a\x00b\r\nc\td.pdf", "ab c d.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\"quoted\" 'name'.pdf", "_quoted_ _name_.pdf"),
        ("<script>.pdf", "_script_.pdf"),
        ("", "document"),
        ("..", "document"),
        (".", "document"),
        ("\u200b\u200b", "document"),
        ("Befund Müller.pdf", "Befund Müller.pdf"),
        ("筋電図.pdf", "筋電図.pdf"),
    ],
)
def test_shown_name(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize("length", [LONGEST_NAME - 1, LONGEST_NAME, LONGEST_NAME + 1, 300, 100_000])
def test_long_name_keeps_its_ending(length: int) -> None:
    name = "x" * (length - 4) + ".pdf"
    shown = shown_name(name)
    assert len(shown) <= LONGEST_NAME
    assert shown.endswith(".pdf")
    assert (shown == name) == (length <= LONGEST_NAME)


def test_line_has_no_hidden_characters() -> None:
    assert shown_line("  EMG\u202e\n report\x07 ") == "EMG report"
    assert len(shown_line("x" * 500)) == LONGEST_NAME


@pytest.mark.parametrize(
    ("name", "title"),
    [("EMG_report.pdf", "EMG report"), ("../x", "x"), ("", "document"), ("a.b.pdf", "a.b")],
)
def test_title_from_a_name(name: str, title: str) -> None:
    assert title_from(name) == title
