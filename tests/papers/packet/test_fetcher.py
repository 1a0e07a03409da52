import pytest
from weasyprint.urls import FatalURLFetchingError

from criteria.papers.packet.pdf import print_html, style_for
from criteria.papers.pdf.fetcher import PacketFetcher, RefusedAddressError

FOREIGN = (
    "http://example.org/x.png",
    "https://example.org/x.css",
    "ftp://example.org/x",
    "file:///etc/passwd",
    "data:text/css,body{}",
    "packet:../settings.py",
    "packet:/etc/passwd",
    "packet:missing.css",
    "packet:packet.css?x",
    "PACKET:packet.css",
)


def test_it_reads_our_own_print_file() -> None:
    response = PacketFetcher().fetch("packet:packet.css")
    assert b"@page" in response.read()
    assert response.content_type == "text/css"


@pytest.mark.parametrize("address", FOREIGN)
def test_it_refuses_every_other_address(address: str) -> None:
    with pytest.raises(RefusedAddressError) as refused:
        PacketFetcher().fetch(address)
    assert address not in str(refused.value)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://example.org/x.png">',
        '<img src="file:///etc/passwd">',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<p style="background: url(http://example.org/y.png)">x</p>',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_a_packet_that_names_one_is_not_printed(markup: str) -> None:
    with pytest.raises(RefusedAddressError):
        print_html(f"<html lang=en><title>x</title><body>{markup}", style_for)


def test_the_error_that_stops_a_rendering_never_leaves_it() -> None:
    assert not issubclass(RefusedAddressError, FatalURLFetchingError)
