"""The only addresses a packet may name: our own print files."""

import re

from django.contrib.staticfiles import finders
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "packet"
_OURS = re.compile(rf"{SCHEME}:([a-z0-9-]+\.(?:css|png|svg))")
_TYPES = {"css": "text/css", "png": "image/png", "svg": "image/svg+xml"}


class RefusedAddressError(ValueError):
    """A packet named an address that is not ours; the address itself is not repeated."""

    def __init__(self, message: str = "A packet may name nothing but its own print files.") -> None:
        """Say so."""
        super().__init__(message)


class PacketFetcher(URLFetcher):
    """Knows ``packet:<file>`` of the packet's static folder, and refuses everything else.

    A refused address stops the rendering: an incomplete packet is not a packet.
    """

    def __init__(self) -> None:
        """Fail on the first refused address."""
        super().__init__(allowed_protocols={SCHEME}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file named by an address of ours."""
        match = _OURS.fullmatch(url)
        if match is None:
            raise RefusedAddressError
        return URLFetcherResponse(
            url, print_file(match[1]), {"Content-Type": _TYPES[match[1].rpartition(".")[2]]}
        )


def print_file(name: str) -> bytes:
    """One file of the packet's static folder."""
    return static_file(f"criteria/packet/{name}")


def static_file(name: str) -> bytes:
    """One static file. Raises RefusedAddressError if there is none of that name."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise RefusedAddressError("There is no such print file.")
    with open(path, "rb") as file:
        return file.read()
