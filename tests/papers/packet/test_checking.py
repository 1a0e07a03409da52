from typing import Any

import pikepdf
import pytest

from criteria.papers.packet.code import content_code
from criteria.papers.packet.html import packet_html
from criteria.papers.packet.pdf import printed
from criteria.papers.pdf.checking import check_words
from tests.papers.packet.contents import complete


@pytest.mark.parametrize("site", ["https://portal.example.org", "https://portal.example.org/"])
def test_the_site_is_named_where_it_is_known(settings: Any, site: str) -> None:
    settings.SITE_URL = site
    assert check_words("letter") == (
        "Check this letter at https://portal.example.org/verify/, by its code or by the file."
    )


def test_without_a_site_the_page_is_named(settings: Any) -> None:
    settings.SITE_URL = ""
    assert check_words() in packet_html(complete())
    assert check_words() == (
        "Check this packet on the verification page of ivigportal, by its code or by the file."
    )


def test_number_and_code_stand_in_the_metadata(tmp_path: Any) -> None:
    path = tmp_path / "packet.pdf"
    path.write_bytes(printed(complete()).pdf)
    with pikepdf.open(path) as pdf:
        words = f"{complete().number}, {content_code(complete())}"
        assert str(pdf.docinfo["/Keywords"]) == words
        assert words.encode() in pdf.Root.Metadata.read_bytes()
